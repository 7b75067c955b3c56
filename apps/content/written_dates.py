"""How people write dates, in forms and cells: ``1964-12``, ``31/12/1964``, ``31 दिसंबर 1964``, ``15 August 2026, 9:30``.

Nothing is guessed: what can be read in two ways is refused with both of them. Knows no model and no time zone.
"""

import datetime
from calendar import monthrange

import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.content.partial_dates import NOT_A_DATE, PartialDate
from apps.languages.fold import fold
from apps.languages.graphemes import shorten

TWO_MEANINGS = _("“%(value)s” can mean %(one)s or %(other)s. Write %(one_iso)s or %(other_iso)s.")
TWO_DIGITS = _("“%(value)s” has a year of two digits, which can mean any of %(years)s. Write all four.")
NO_YEAR = _("“%(value)s” has no year. Write it with four digits, as in 1964-12-31.")
NO_SUCH_MONTH = _("“%(value)s” is not a date. There is no month %(month)s.")
NO_SUCH_DAY = _("“%(value)s” is not a date. %(month)s has %(days)s days.")
A_TIME_TOO = _("“%(value)s” has a time of day too. Write the date alone: %(date)s.")
NOT_A_MOMENT = _("“%(value)s” is not a date with a time. Write them as in 2026-08-15 09:30.")

# The months as they are written: English, then Hindi, each with its short forms. Folding evens out case, nukta and
# the two ways to write a nasal (दिसम्बर, दिसंबर); a full stop or ॰ after a short form is no part of it.
MONTHS = [
    "january jan जनवरी जन",
    "february feb फ़रवरी फ़र",
    "march mar मार्च",
    "april apr अप्रैल अप्रेल",
    "may मई",
    "june jun जून",
    "july jul जुलाई जुल",
    "august aug अगस्त अग",
    "september sept sep सितम्बर सित",
    "october oct अक्टूबर अक्तूबर अक्टू अक्तू",
    "november nov नवम्बर नव",
    "december dec दिसम्बर दिस",
]
MONTH_NUMBERS = {fold(name): number for number, names in enumerate(MONTHS, start=1) for name in names.split()}
# No date is longer in any style; what is longer is not looked at.
LONGEST = 80

# A number with the sign between it and the next; the name of a month needs none (31दिसंबर1964).
NUMBER = "([0-9]{4}|[0-9]{1,2})"
NUMBERS = regex.compile(rf"{NUMBER}(?: ?([-/.]) ?{NUMBER}(?: ?\2 ?{NUMBER})?)?")
APART = "(?: ?[-/.,] ?| )"
ORDINAL = "(?:(?<![0-9]{4})(?:st|nd|rd|th))?"
WITH_A_NAME = regex.compile(
    rf"(?:{NUMBER}{ORDINAL}{APART}?)?(?P<name>[\p{{L}}\p{{M}}]+)[.॰]?(?:{APART}?{NUMBER}{ORDINAL}(?:{APART}{NUMBER})?)?"
)
TIME = regex.compile(
    r"(?: |, ?|(?<=[0-9])t)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?| बजे)?"
    r"(?: ?(?P<zone>z|[-+][0-9]{2}(?::?[0-5][0-9])?))?$"
)
# What stands where: a year (y, four digits), another number (n), the name of a month (m). Others have no year.
YEAR_FIRST = {"y", "yn", "ynn", "ym", "ymn"}
YEAR_LAST = {"ny", "my", "nmy"}


def read_partial_date(text):
    """``"1964"``, ``"1964-12"`` or ``"1964-12-31"`` (a :class:`PartialDate`), however ``text`` writes it.

    Raises a :class:`ValidationError` that says what to write instead: for what is no date, a day that never was, a year
    of two digits, a date with two meanings, and a time of day other than midnight, which is how workbooks keep a date.
    """
    folded, time = _without_time(text)
    date = _read_date(text, folded)
    if time:
        of_day = _time_of_day(time)
        if len(date) < 10 or of_day is None:
            raise _refusal(NOT_A_DATE, text)
        if of_day != datetime.time():
            raise _refusal(A_TIME_TOO, text, date=date)
    return date


def read_moment(text):
    """A datetime, aware only if ``text`` says how far from Greenwich it is; a full date alone means its midnight.

    The errors are those of dates, and one for what lacks a day. Years 2 to 9998: a date still in any time zone.
    """
    folded, time = _without_time(text)
    try:
        date = _read_date(text, folded)
    except ValidationError as error:
        raise (_refusal(NOT_A_MOMENT, text) if error.message == NOT_A_DATE else error) from None
    of_day = _time_of_day(time) if time else datetime.time()
    if len(date) < 10 or of_day is None or not 1 < date.year < datetime.MAXYEAR:
        raise _refusal(NOT_A_MOMENT, text)
    return datetime.datetime.combine(datetime.date.fromisoformat(date), of_day)


def _without_time(text):
    """The folded date of ``text``, and the match of the time after it or None."""
    text = text.strip()
    folded = fold(text) if len(text) <= LONGEST else ""
    time = TIME.search(folded)
    return (folded[: time.start()] if time else folded), time


def _time_of_day(match):
    """None for what no clock shows: 25:00, 13 pm."""
    hour, half = int(match["hour"]), match["half"]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = int((match["fraction"] or "").ljust(6, "0")[:6])
    try:
        return datetime.time(hour, int(match["minute"]), int(match["second"] or 0), fraction, _zone(match["zone"]))
    except ValueError:
        return None


def _zone(text):
    """The time zone of ``+05:30``, ``+0530``, ``+05`` or ``z``; a ValueError for what is a day or more."""
    if not text or text == "z":
        return datetime.UTC if text else None
    digits = text[1:].replace(":", "").ljust(4, "0")
    distance = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return datetime.timezone(-distance if text[0] == "-" else distance)


def _read_date(text, folded):
    """The date in ``folded``; ``text`` is what the editor wrote, for the sentences."""
    form, values = _form(folded)
    if form in YEAR_FIRST:
        _refuse_two_years(text, folded, form, values)
        return _checked(text, *values)
    if form in YEAR_LAST:
        return _checked(text, *reversed(values))
    if form == "mny":
        month, day, year = values
        return _checked(text, year, month, day)
    if form == "nny":
        return _either_way_round(text, *values)
    raise _without_year(text, form, values)


def _form(folded):
    """What stands where, and the numbers: ``("nmy", [31, 12, 1964])``; ``("", [])`` if it is no date at all."""
    if match := NUMBERS.fullmatch(folded):
        first, _sign, *others = match.groups()
        parts = [first, *others]
    elif match := WITH_A_NAME.fullmatch(folded):
        first, name, *others = match.groups()
        if name not in MONTH_NUMBERS:
            return "", []
        parts = [first, name, *others]
    else:
        return "", []
    parts = [part for part in parts if part]
    kinds = ["m" if part in MONTH_NUMBERS else "y" if len(part) == 4 else "n" for part in parts]
    return "".join(kinds), [MONTH_NUMBERS.get(part) or int(part) for part in parts]


def _checked(text, year, month=None, day=None):
    """Three numbers as a date, if the calendar has it."""
    if not year:
        raise _refusal(NOT_A_DATE, text)
    if month is None:
        return PartialDate(f"{year:04}")
    if not 1 <= month <= 12:
        raise _refusal(NO_SUCH_MONTH, text, month=month)
    date = PartialDate(f"{year:04}-{month:02}")
    if day is None:
        return date
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise _refusal(NO_SUCH_DAY, text, month=date.display(), days=last)
    return PartialDate(f"{date}-{day:02}")


def _either_way_round(text, first, second, year):
    """31/12/1964 and 12/31/1964 are one day; 05/06/1964 may be two."""
    if first != second and 1 <= first <= 12 and 1 <= second <= 12:
        raise _two_meanings(text, _checked(text, year, second, first), _checked(text, year, first, second))
    if first <= 12 < second:
        return _checked(text, year, first, second)
    return _checked(text, year, second, first)


def _refuse_two_years(text, folded, form, values):
    """1964-5 may be 1964 to 1965; and a spreadsheet that took 1964.10 for a number shows 1964.1."""
    if form != "yn" or folded[-2].isdigit():
        return
    year, number = values
    if "." in folded and number == 1:
        raise _two_meanings(text, _checked(text, year, 1), _checked(text, year, 10))
    if number > year % 10:
        month, years = _checked(text, year, number), f"{year}–{year - year % 10 + number}"
        names = {"one": month.display(), "other": years, "one_iso": month, "other_iso": year}
        raise _refusal(TWO_MEANINGS, text, **names)


def _without_year(text, form, values):
    """Why ``values`` are no date: 31/12/64 and December 64 have half a year, 31 December has none."""
    if form in {"nnn", "nmn", "mnn"}:
        half = values[0] if form != "mnn" and values[0] > 31 else values[-1]
    else:
        half = next((value for value in values if value > 31), None)
    if half is not None and set(form) <= {"n", "m"}:
        years = ", ".join(f"{century}{half:02}" for century in (18, 19, 20))
        return _refusal(TWO_DIGITS, text, years=years)
    if form in {"m", "nm", "mn", "nn"}:
        return _refusal(NO_YEAR, text)
    return _refusal(NOT_A_DATE, text)


def _two_meanings(text, one, other):
    names = {"one": one.display(), "other": other.display(), "one_iso": one, "other_iso": other}
    return _refusal(TWO_MEANINGS, text, **names)


def _refusal(sentence, text, **params):
    return ValidationError(sentence, code="invalid", params={"value": shorten(text, 60), **params})
