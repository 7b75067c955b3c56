"""The columns in which a record names other records, by what people know them by."""

import re
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.content.models import record_models
from apps.languages.graphemes import shorten
from apps.spreadsheets.columns import Column
from apps.spreadsheets.keys import key_names
from apps.spreadsheets.refusals import with_nearest

# Of one cell's unknown keys, how many are named.
MOST_NAMED = 5
# So many records can still be chosen from in a cell's list.
MOST_CHOICES = 1000


class RelationColumn(Column):
    """One other record, by its key or by a name of it. ``keys`` are shared by the columns of one sheet."""

    width = 24
    nothing = None

    def __init__(self, model, name, known):
        super().__init__(model, name)
        self.known, self.related = known, self.model_field.related_model

    @property
    def keys(self):
        return self.known[self.related]

    def show(self, value):
        return self.key(value) if value else ""

    def key(self, pk):
        """Its key as a text; also of a record that somebody made after the keys were read."""
        if pk not in self.keys.text and (record := self.related._base_manager.filter(pk=pk).first()):
            self.keys.learn(record)
        return self.keys.text.get(pk, "")

    def read(self, text):
        return self.keys.find(text)

    def put(self, record, value):
        setattr(record, self.model_field.attname, value)

    def kept(self, value):
        return value and str(value)

    def from_kept(self, value):
        return value and self.related._meta.pk.to_python(value)

    def targets(self, value):
        """``[(model, pk), …]``: the records that a value leads to."""
        return [(self.related, value)] if value else []

    @property
    def choices(self):
        return tuple(self.keys.choices()) if len(self.keys.pk) <= MOST_CHOICES else ()

    @property
    def help(self):
        sentence = _(
            "The %(key)s of one of the %(kinds)s, as in their own sheet; a name of it, alone or with the %(key)s in "
            "brackets, is understood too."
        )
        return sentence % self.naming

    @property
    def naming(self):
        keys = [str(self.related._meta.get_field(name).verbose_name) for name in key_names(self.related)]
        return {"key": "/".join(keys), "kinds": self.related._meta.verbose_name_plural}


class RelationsColumn(RelationColumn):
    """Any number of other records. Its values are lists of ids, kept in a table of their own."""

    width = 32
    nothing = ()
    stored = ()
    choices = ()

    def show(self, value):
        return "; ".join(sorted(filter(None, map(self.key, value))))

    def read(self, text):
        found, errors = [], []
        for part in self.keys.split(text):
            try:
                found.append(self.keys.find(part))
            except ValidationError as error:
                errors.append(error)
            if len(errors) == MOST_NAMED:
                break
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(found))

    def put(self, record, value):
        """The record itself holds none of it."""

    def kept(self, value):
        return [str(pk) for pk in value]

    def from_kept(self, value):
        return [self.related._meta.pk.to_python(pk) for pk in value]

    def targets(self, value):
        return [(self.related, pk) for pk in value]

    @property
    def help(self):
        return _("The %(key)s of each of the %(kinds)s, as in their own sheet, with “;” between them.") % self.naming


class RecordColumn(Column):
    """A record of any kind (a generic relation), by kind and key: ``events.event/bandung-conference``. Its value is
    ``(id of the kind, id of the record)``.
    """

    width = 32
    nothing = None

    def __init__(self, model, relation, known):
        super().__init__(model, relation.name)
        self.known, self.kind_field, self.number_field = known, relation.ct_field, relation.fk_field
        self.kinds = {each._meta.label_lower: each for each in record_models() if each is not model}
        # "event" too, as in the references of texts.
        self.called = {each._meta.model_name: each for each in self.kinds.values()} | self.kinds

    @cached_property
    def stored(self):
        return [f"{self.kind_field}_id", self.number_field]

    @cached_property
    def fields_behind(self):
        return [self.kind_field, self.number_field]

    def show(self, value):
        kind, number = value
        if kind is None:
            return ""
        label = ContentType.objects.get_for_id(kind).model_class()._meta.label_lower
        return f"{label}/{self.known[self.kinds[label]].text.get(number, '')}"

    def read(self, text):
        label, _separator, key = re.match(r"([^/:]*)([/:]?)(.*)", text.strip(), re.DOTALL).groups()
        model = self.called.get(label.strip().casefold())
        if model is None and key:
            sentence = _("There is no kind of record “%(kind)s”.") % {"kind": label}
            raise ValidationError(with_nearest(sentence, label, self.kinds))
        if model is None or not key.strip():
            sentence = _(
                "“%(text)s” is no record. Write its kind and its key, such as events.event/bandung-conference."
            )
            raise ValidationError(sentence % {"text": shorten(text.strip(), 60)})
        return ContentType.objects.get_for_model(model).pk, self.known[model].find(key)

    def put(self, record, value):
        for name, part in zip(self.stored, value, strict=True):
            setattr(record, name, part)

    def kept(self, value):
        kind, number = value
        return [kind, str(number)]

    def from_kept(self, value):
        kind, number = value
        return kind, self.model._meta.get_field(self.number_field).to_python(number)

    def targets(self, value):
        return [(ContentType.objects.get_for_id(value[0]).model_class(), value[1])] if value else []

    @property
    def label(self):
        return str(capfirst(self.model._meta.get_field(self.number_field).verbose_name))

    @property
    def help(self):
        return _("Its kind and its key, for example events.event/bandung-conference.")
