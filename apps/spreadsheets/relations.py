"""The columns in which a record names other records, by what people know them by."""

import re

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.content.models import record_models
from apps.spreadsheets.columns import Column
from apps.spreadsheets.keys import Keys, key_names
from apps.spreadsheets.refusals import with_nearest

SEPARATOR = re.compile(r"[;,\n]")
# Of one cell's unknown keys, how many are named.
MOST_NAMED = 5


class RelationColumn(Column):
    """One other record, by its key."""

    nothing = None

    def __init__(self, model, name):
        super().__init__(model, name)
        self.keys = Keys(self.model_field.related_model)

    def export(self, record, **kwargs):
        pk = getattr(record, self.model_field.attname)
        return self.keys.text.get(pk, "") if pk else ""

    def read(self, text):
        return self.keys.find(text)

    def put(self, record, value):
        setattr(record, self.model_field.attname, value)

    def lookup(self, value):
        return {self.model_field.attname: value}

    def learn(self, record):
        if isinstance(record, self.keys.model):
            self.keys.learn(record)

    @property
    def help(self):
        return _("The %(key)s of one of the %(kinds)s, as in their own sheet.") % self.naming

    @property
    def naming(self):
        related = self.keys.model
        return {"key": "/".join(key_names(related)), "kinds": related._meta.verbose_name_plural}


class RelationsColumn(RelationColumn):
    """Any number of other records, by their keys. They are linked once the record itself is saved."""

    nothing = ()

    def export(self, record, **kwargs):
        pks = waiting_links(record).get(self.attribute)
        if pks is None:
            pks = [row.pk for row in getattr(record, self.attribute).all()]
        return "; ".join(sorted(self.keys.text[pk] for pk in pks))

    def read(self, text):
        found, errors = [], []
        for key in filter(str.strip, SEPARATOR.split(text)):
            try:
                found.append(self.keys.find(key))
            except ValidationError as error:
                errors.append(error)
            if len(errors) == MOST_NAMED:
                break
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(found))

    def put(self, record, value):
        waiting_links(record)[self.attribute] = value

    @property
    def help(self):
        return _("The %(key)s of each of the %(kinds)s, as in their own sheet, with “;” between them.") % self.naming


class RecordColumn(Column):
    """A record of any kind (a generic relation), by kind and key: ``events.event/bandung-conference``."""

    def __init__(self, model, relation):
        super().__init__(model, relation.name)
        self.kind, self.number = relation.ct_field, relation.fk_field
        self.kinds = {each._meta.label_lower: Keys(each) for each in record_models() if each is not model}

    @property
    def fields_behind(self):
        return [self.kind, self.number]

    def export(self, record, **kwargs):
        kind = getattr(record, f"{self.kind}_id")
        if kind is None:
            return ""
        label = ContentType.objects.get_for_id(kind).model_class()._meta.label_lower
        return f"{label}/{self.kinds[label].text.get(getattr(record, self.number), '')}"

    def read(self, text):
        label, _slash, key = text.strip().partition("/")
        if label not in self.kinds:
            sentence = _("There is no kind of record “%(kind)s”.") % {"kind": label}
            raise ValidationError(with_nearest(sentence, label, self.kinds))
        keys = self.kinds[label]
        return ContentType.objects.get_for_model(keys.model).pk, keys.find(key)

    def put(self, record, value):
        for name, part in self.lookup(value).items():
            setattr(record, name, part)

    def lookup(self, value):
        kind, number = value
        return {f"{self.kind}_id": kind, self.number: number}

    @property
    def label(self):
        return self.model._meta.get_field(self.number).verbose_name

    @property
    def help(self):
        return _("Its kind and its key, for example events.event/bandung-conference.")


def waiting_links(record):
    """``{"organisations": [pk, …]}``: the links that wait for ``record`` to be saved."""
    return record.__dict__.setdefault("_waiting_links", {})
