"""The columns of a sheet, derived from the model: how a record shows in a cell, and how a cell gets back into it."""

import re

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field

from apps.content.models import record_models
from apps.languages.fields import columns as translations
from apps.languages.fields import language_columns, translated_fields
from apps.spreadsheets.keys import Keys
from apps.spreadsheets.refusals import with_nearest
from apps.spreadsheets.writing import INVISIBLE

# An empty cell leaves the record as it is; this one empties it.
CLEAR = "[clear]"
LOOKS_LIKE_CLEAR = re.compile(rf"'*\s*{re.escape(CLEAR)}\s*", re.IGNORECASE)
# Of one cell's unknown keys, how many are named.
MOST_NAMED = 5
SEPARATOR = re.compile(r"[;,\n]")


class Column(Field):
    """One field of ``model``. On the sheet's side everything is text; a cell in which nothing stands says nothing."""

    nothing = ""

    def __init__(self, model, name):
        super().__init__(attribute=name, column_name=name)
        self.model = model

    @property
    def model_field(self):
        return self.model._meta.get_field(self.attribute)

    @property
    def fields_behind(self):
        """The names under which the model's own rules complain about this column."""
        return [self.attribute]

    def export(self, record, **kwargs):
        value = getattr(record, self.attribute)
        text = "" if value is None else self.show(value).replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if LOOKS_LIKE_CLEAR.fullmatch(text) else text

    def take(self, record, text):
        """Brings a cell into ``record``, unless it is empty or says what is there already."""
        if not text.strip() or text == self.export(record):
            return
        if hidden := INVISIBLE.search(text):
            raise ValidationError(
                _("Character %(place)s is invisible. Type the text again.") % {"place": hidden.start() + 1}
            )
        if text.strip().casefold() == CLEAR:
            self.put(record, self.nothing)
        else:
            self.put(record, self.read(text[1:] if LOOKS_LIKE_CLEAR.fullmatch(text) else text))

    def show(self, value):
        return str(value)

    def read(self, text):
        return text

    def put(self, record, value):
        setattr(record, self.attribute, value)

    def lookup(self, value):
        return {self.attribute: value}

    def learn(self, record):
        """``record`` is new; what names records may name it from now on."""

    @property
    def label(self):
        return self.model_field.verbose_name

    @property
    def help(self):
        return self.model_field.help_text


class PlainColumn(Column):
    """A slug, a number, a partial date, an address: spaces around it mean nothing."""

    @property
    def nothing(self):
        return "" if self.model_field.empty_strings_allowed else None

    def read(self, text):
        return self.model_field.to_python(text.strip())


class ChoiceColumn(PlainColumn):
    """Written as the value (``in_review``); the label in the editor's language (“In review”) is understood too."""

    def read(self, text):
        wanted = text.strip().casefold()
        for value, label in self.model_field.flatchoices:
            if wanted in {str(value).casefold(), str(label).casefold()}:
                return value
        values = [str(value) for value, _label in self.model_field.flatchoices]
        sentence = _("“%(text)s” is not one of: %(values)s.") % {"text": text.strip(), "values": ", ".join(values)}
        raise ValidationError(with_nearest(sentence, text, values))

    @property
    def help(self):
        pairs = ", ".join(f"{value} ({label})" for value, label in self.model_field.flatchoices)
        return _("One of: %(values)s.") % {"values": pairs}


class TimeColumn(PlainColumn):
    """A day and a time of day, in the portal's own time zone."""

    def show(self, value):
        local = timezone.localtime(value).replace(tzinfo=None)
        return local.isoformat(sep=" ", timespec="auto" if local.second or local.microsecond else "minutes")

    def read(self, text):
        value = super().read(text)
        return timezone.make_aware(value) if timezone.is_naive(value) else value

    @property
    def help(self):
        return f"{super().help} {_('For example 2026-08-15 09:30.')}"


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


def key_names(model):
    """The columns by which a row finds its record: the first step of each of the model's key lookups."""
    generic = _generic(model)
    first_steps = [lookup.partition("__")[0] for lookup in model.key_lookups]
    return list(dict.fromkeys(generic[name].name if name in generic else name for name in first_steps))


def columns_of(model):
    """``{name: column}``: the key first, then what the model declares in its order, a column for each language."""
    generic, columns = _generic(model), {}
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.name in generic:
            columns[generic[field.name].name] = RecordColumn(model, generic[field.name])
        elif field.name in translated_fields(model):
            columns |= {name: Column(model, name) for name in translations(field.name)}
        elif field.editable and field.name not in language_columns(model):
            columns[field.name] = _kind_of(field)(model, field.name)
    keys = key_names(model)
    return {name: columns[name] for name in [*keys, *(name for name in columns if name not in keys)]}


def _kind_of(field):
    if field.many_to_many:
        return RelationsColumn
    if field.is_relation:
        return RelationColumn
    if field.choices:
        return ChoiceColumn
    return TimeColumn if isinstance(field, models.DateTimeField) else PlainColumn


def _generic(model):
    """``{field name: generic relation}`` for the two fields behind each generic relation."""
    relations = [each for each in model._meta.private_fields if isinstance(each, GenericForeignKey)]
    return {name: each for each in relations for name in (each.ct_field, each.fk_field)}
