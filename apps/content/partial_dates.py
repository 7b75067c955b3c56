"""Dates known to the year, the month or the day, as history has them."""

import datetime
import re

from django.db import models
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from apps.languages.fold import ASCII_DIGITS

FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
NOT_A_DATE = _(
    "“%(value)s” is not a date. Write a year (1987), a year and month (1987-10) or a full date (1987-10-02)."
)


class PartialDate(str):
    """``"1987"``, ``"1987-10"`` or ``"1987-10-02"`` (ISO 8601, reduced precision); as strings they sort by time."""

    __slots__ = ()

    def __new__(cls, value):
        match = FORM.fullmatch(str(value).strip().translate(ASCII_DIGITS))
        if not match:
            raise ValueError(value)
        year, month, day = (int(part or 1) for part in match.groups())
        datetime.date(year, month, day)  # ValueError for 1987-13, 1987-02-30
        return super().__new__(cls, match.group())

    @property
    def year(self):
        return int(self[:4])

    @property
    def decade(self):
        """``1980`` for 1987."""
        return self.year // 10 * 10

    def display(self):
        """In the active language and no more exactly than it is known: ``1987``, ``October 1987``, ``2 October
        1987``.
        """
        if len(self) == 4:
            return str(self)
        parts = [int(part) for part in self.split("-")]
        day = datetime.date(*parts, *([1] if len(parts) == 2 else []))
        return format_date(day, get_format("YEAR_MONTH_FORMAT" if len(parts) == 2 else "DATE_FORMAT"))


class PartialDateField(models.CharField):
    """A :class:`PartialDate`, or ``""`` where nothing is known. Kept as text: both databases sort and filter it."""

    description = _("A date known to the year, the month or the day")

    def __init__(self, *args, **kwargs):
        kwargs.update(max_length=10, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        # Longer than a date is: what was typed comes back whole, with a sentence, not cut by the browser.
        return super().formfield(**{"max_length": 60, **kwargs})

    def from_db_value(self, value, expression, connection):
        return PartialDate(value) if value else ""

    def to_python(self, value):
        if value in (None, ""):
            return ""
        try:
            return PartialDate(value)
        except ValueError:
            # As people write it, by form and by sheet alike. It knows PartialDate, so it is imported here.
            from apps.content.written_dates import read_partial_date

            return read_partial_date(str(value))

    def get_prep_value(self, value):
        return str(value) if value else ""

    def get_db_prep_save(self, value, connection):
        if hasattr(value, "resolve_expression"):
            return super().get_db_prep_save(value, connection)
        return super().get_db_prep_save(self.to_python(value), connection)
