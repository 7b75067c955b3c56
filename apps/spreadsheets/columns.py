"""The columns of a sheet: how a field of a record shows in a cell, and how a cell gets back into the record."""

import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.content.partial_dates import PartialDateField
from apps.content.tidying import is_one_line, tidied
from apps.content.written_dates import read_moment
from apps.languages.fields import column_place, in_every_language, own_name
from apps.languages.fold import word_key
from apps.languages.signs import one_line_ending
from apps.spreadsheets.refusals import nearest

# An empty cell leaves the record as it is; this one empties it.
CLEAR = "[clear]"
LOOKS_LIKE_CLEAR = re.compile(rf"'*\s*{re.escape(CLEAR)}\s*", re.IGNORECASE)


class Column:
    """One field of ``model``. On the sheet's side everything is text; a cell in which nothing stands says nothing."""

    # What an OutColumn of apps/spreadsheets/files/writing.py is told.
    kind = "text"
    width = 40
    nothing = ""

    def __init__(self, model, name):
        self.model, self.name = model, name

    @cached_property
    def model_field(self):
        return self.model._meta.get_field(self.name)

    @cached_property
    def stored(self):
        """The names of the record's own values that :meth:`show` is given; none for links in a table of their own."""
        return [self.model_field.attname]

    @cached_property
    def fields_behind(self):
        """The names under which the model's own rules complain about this column."""
        return [self.name]

    # --- Between a value and its cell ---------------------------------------------------------------------------------

    def show(self, value):
        """The text of the cell for a stored value."""
        text = "" if value is None else str(value)
        if "\r" in text:
            text = one_line_ending(text)
        return f"'{text}" if "[" in text and LOOKS_LIKE_CLEAR.fullmatch(text) else text

    def value_of(self, text):
        """The value that a cell, in which something stands, asks for; :class:`ValidationError` if it is none."""
        text = tidied(text, one_line=is_one_line(self.model_field))
        if "[" not in text or not LOOKS_LIKE_CLEAR.fullmatch(text):
            return self.read(text)
        return self.nothing if text.strip().casefold() == CLEAR else self.read(text[1:])

    def read(self, text):
        return text.strip()  # as the form does

    def put(self, record, value):
        setattr(record, self.name, value)

    # --- As JSON, between the preview and its confirmation ------------------------------------------------------------

    def kept(self, value):
        return value

    def from_kept(self, value):
        return value

    # --- What people read about it ------------------------------------------------------------------------------------

    @property
    def label(self):
        """``Title [हिन्दी]``: the field in the editor's language, the language in itself."""
        place = column_place(self.model, self.name)
        if place is None:
            return str(capfirst(self.model_field.verbose_name))
        field, language = place
        return f"{capfirst(self.model._meta.get_field(field).verbose_name)} [{own_name(language)}]"

    @property
    def help(self):
        return self.model_field.help_text

    @property
    def choices(self):
        """The texts to choose a cell from, where they are few."""
        return ()


class PlainColumn(Column):
    """A slug, a number, an address: spaces around it mean nothing."""

    width = 26

    @cached_property
    def kind(self):
        return "number" if isinstance(self.model_field, models.IntegerField) else "text"

    @cached_property
    def nothing(self):
        return "" if self.model_field.empty_strings_allowed else None

    def read(self, text):
        # As the form reads it, which says “Enter a whole number.” and puts https:// before example.org.
        as_in_the_form = isinstance(self.model_field, (models.IntegerField, models.URLField))
        return (self._form_field if as_in_the_form else self.model_field).to_python(text.strip())

    @cached_property
    def _form_field(self):
        options = {"assume_scheme": "https"} if isinstance(self.model_field, models.URLField) else {}
        return self.model_field.formfield(**options)


class DateColumn(PlainColumn):
    """A day, a month or a year, as people write it."""

    kind = "date"
    width = 14
    nothing = ""

    @property
    def help(self):
        return _sentences(self.model_field.help_text, _("31/12/1964 and December 1964 are understood too."))


class ChoiceColumn(PlainColumn):
    """Shown as people call it (“In review”), in the editor's language; its other language and the stored value
    (``in_review``) are understood too.
    """

    kind = "text"

    def __init__(self, model, name):
        super().__init__(model, name)
        self._labels = {}

    def show(self, value):
        return self.labels.get(value, "" if value is None else str(value))

    def read(self, text):
        wanted = word_key(text)
        if wanted in self.values:
            return self.values[wanted]
        sentence = _("“%(text)s” is not one of: %(values)s.")
        sentence %= {"text": text.strip(), "values": ", ".join(self.choices)}
        if guess := nearest(wanted, self.values, likeness=0.6):
            sentence = " ".join([sentence, _("The nearest is “%(guess)s”.") % {"guess": self.called[guess]}])
        raise ValidationError(sentence)

    @cached_property
    def values(self):
        """``{folded name: value}``: each choice as it is stored and as each language calls it."""
        return {word_key(name): value for value, label in self.model_field.flatchoices for name in _names(value, label)}

    @cached_property
    def called(self):
        """``{folded name: name}``: whoever writes Hindi is told the Hindi name."""
        labels = self.model_field.flatchoices
        return {word_key(name): name for value, label in labels for name in _names(value, label)}

    @property
    def labels(self):
        """``{value: label}`` in the active language."""
        language = get_language()
        if language not in self._labels:
            self._labels[language] = {value: str(label) for value, label in self.model_field.flatchoices}
        return self._labels[language]

    @property
    def choices(self):
        return tuple(self.labels.values())

    @property
    def help(self):
        return _sentences(self.model_field.help_text, _("One of: %(values)s.") % {"values": ", ".join(self.choices)})


class TimeColumn(PlainColumn):
    """A day and a time of day, in the portal's own time zone."""

    kind = "moment"
    nothing = None

    def show(self, value):
        if value is None:
            return ""
        local = timezone.localtime(value).replace(tzinfo=None)
        return local.isoformat(sep=" ", timespec="auto" if local.second or local.microsecond else "minutes")

    def read(self, text):
        value = read_moment(text)
        return timezone.make_aware(value) if timezone.is_naive(value) else value

    def kept(self, value):
        return value and value.isoformat()

    def from_kept(self, value):
        return value and self.model_field.to_python(value)

    @property
    def help(self):
        return _sentences(self.model_field.help_text, _("For example 2026-08-15 09:30."))


def plain_column(model, name):
    """The column of a field that is neither bilingual nor a relation."""
    field = model._meta.get_field(name)
    if field.choices:
        return ChoiceColumn(model, name)
    if isinstance(field, models.DateTimeField):
        return TimeColumn(model, name)
    return DateColumn(model, name) if isinstance(field, PartialDateField) else PlainColumn(model, name)


def _names(value, label):
    return [str(value), *in_every_language(lambda: label)]


def _sentences(*sentences):
    return " ".join(filter(None, map(str, sentences)))
