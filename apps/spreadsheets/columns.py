"""The columns of a sheet: how a field of a record shows in a cell, and how a cell gets back into the record."""

import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field

from apps.languages.fields import column_labels
from apps.spreadsheets.refusals import with_nearest
from apps.spreadsheets.writing import INVISIBLE

# An empty cell leaves the record as it is; this one empties it.
CLEAR = "[clear]"
LOOKS_LIKE_CLEAR = re.compile(rf"'*\s*{re.escape(CLEAR)}\s*", re.IGNORECASE)


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
        return column_labels(self.model).get(self.attribute, self.model_field.verbose_name)

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
        return " ".join([str(super().help), _("For example 2026-08-15 09:30.")])
