"""What the cells of a file are made of: texts that it can hold, in batches; the texts that are dates or numbers."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from apps.languages.signs import CONTROL
from apps.spreadsheets.files.number_formats import YEARS
from apps.spreadsheets.refusals import Refused

# CONTROL, as bytes.
INVISIBLE_BYTES = bytes(number for number in range(32) if chr(number) not in "\t\n\r")
NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())

# A batch is as large as one write to the file: more characters or rows are no faster, and memory grows with them.
CHARACTERS, ROWS = 100_000, 500
# Stands between the texts of a batch, where no text can have it: a whole batch is escaped in one go.
GAP = "\0"

WHOLE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2})?")
NUMBER = re.compile(r"0|-?(?:[1-9][0-9]*|(?:0|[1-9][0-9]*)\.[0-9]*[1-9])")
# Excel keeps 15 digits of a number.
DIGITS = 15
# Before it Excel counts a 29 February 1900 that never was; LibreOffice doesn't, so a day's number is another day's.
FIRST_DAY, DAY_ZERO, DAY = date(1900, 3, 1), date(1899, 12, 30).toordinal(), 86_400


@dataclass(frozen=True)
class Batch:
    """Some rows of a sheet: ``rows`` (lists of texts), the same ``texts`` in one list, ``joined`` with :data:`GAP`."""

    rows: list
    texts: list
    joined: str


def batches(columns, rows, *, longest=None):
    """Batches of ``rows``, none larger than it must be; the first one is the header.

    A text that no file can hold, or of more than ``longest`` UTF-16 units, is :class:`Refused` by column and row.
    """
    headings = [column.heading for column in columns]
    for some in _groups(headings, rows):
        if set(map(len, some)) != {len(headings)}:
            raise ValueError(f"A row has not the {len(headings)} cells of its sheet.")
        texts = [text for row in some for text in row]
        joined = GAP.join(texts)
        if _has_invisible(joined, len(texts)) or (longest and _has_longer(texts, longest)):
            _refuse(headings, some, longest)
        yield Batch(some, texts, joined)


def _groups(headings, rows):
    yield [headings]
    some, room = [], CHARACTERS
    for row in rows:
        some.append(row)
        room -= sum(map(len, row))
        if room < 0 or len(some) == ROWS:
            yield some
            some, room = [], CHARACTERS
    if some:
        yield some


def _has_invisible(joined, count):
    """As :data:`CONTROL` says, but on bytes: ten times as fast over a whole export."""
    try:
        data = joined.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return True
    visible = len(data.translate(None, INVISIBLE_BYTES))
    return visible != len(data) - (count - 1) or any(each in data for each in NONCHARACTERS)


def _has_longer(texts, longest):
    # A character is one or two UTF-16 units: most batches need no counting.
    return any(len(text) * 2 > longest and units(text) > longest for text in texts)


def units(text):
    """How long ``text`` is to Excel: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _refuse(headings, rows, longest):
    for row in rows:
        for heading, text in zip(headings, row, strict=True):
            place = {"column": heading, "row": row[0]}
            if hidden := CONTROL.search(text):
                place["place"] = hidden.start() + 1
                raise Refused(
                    _("Character %(place)s of “%(column)s” in “%(row)s” is invisible and fits no file. Delete it.")
                    % place
                )
            if longest and units(text) > longest:
                place["longest"] = longest
                raise Refused(
                    _("“%(column)s” of “%(row)s” is longer than an Excel cell: %(longest)s characters. Export CSV.")
                    % place
                )


def day_number(text):
    """The number of the day (1900-03-01: 61) that ``text`` is as a full ISO date, or ``None``."""
    return _day_number(text) if len(text) == len("1900-03-01") else None


@lru_cache(10_000)
def _day_number(text):
    if not WHOLE_DATE.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    number = day.toordinal() - DAY_ZERO
    return number if day >= FIRST_DAY and number not in YEARS else None


def moment_number(text):
    """As :func:`day_number`, the time a part of the day, for ``2026-08-15 09:30`` and ``2026-08-15 09:30:15``."""
    days = day_number(text[:10]) if MOMENT.fullmatch(text) else None
    if days is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return days + (moment.hour * 3600 + moment.minute * 60 + moment.second) / DAY


def is_number(text):
    """Whether ``text`` comes back as it is when a spreadsheet program takes it for a number: 12, -0.5; not 007, 1e3."""
    if not NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > DIGITS:
        return False
    return "." not in text or repr(float(text)) == text
