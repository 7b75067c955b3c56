"""Numbers and dates of a workbook as the editor reads them in it.

A number format says how exactly a date is shown: 1964-12-01 as ``mmm-yy`` is 1964-12. Codes and the formats that every
workbook has unsaid: ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

from apps.spreadsheets.files.refused_file import spoilt

DAY = 86_400
DATE, MOMENT, TIME = frozenset("ymd"), frozenset("ymdt"), frozenset("t")
MONTH, YEAR = frozenset("ym"), frozenset("y")
BUILT_IN = {
    **dict.fromkeys((14, 15, 16), DATE),
    17: MONTH,
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), TIME),
    22: MOMENT,
}
# date.toordinal() of day 0; the first day of 1904 in workbooks from old Macs.
DAY_0, DAY_0_IN_1904 = 693_594, 695_056
# Excel knows a 29 February 1900, as Lotus did; the days before it are one less.
LOTUS_DAY = 60
# From here on the digits are no longer the editor's.
EXACT = 1e21


def shown_parts(code):
    """Which of year, month, day and time (``"y"``, ``"m"``, ``"d"``, ``"t"``) a number format shows; none: a number."""
    plain = _plain(code).lower()
    if "general" in plain or "standard" in plain:
        return frozenset()
    letters = [letter for letter in plain.replace("am/pm", "").replace("a/p", "") if letter in "ymdhs"]
    runs = [letter for at, letter in enumerate(letters) if at == 0 or letters[at - 1] != letter]
    parts = set()
    for at, letter in enumerate(runs):
        minutes = letter == "m" and (runs[at - 1 : at] == ["h"] or runs[at + 1 : at + 2] == ["s"])
        parts.add("t" if minutes or letter in "hs" else letter)
    return frozenset(parts)


def _plain(code):
    """The first section without quoted text, colours and paddings; of what is in brackets only [h], [mm] and [ss]."""
    plain, at = "", 0
    while at < len(code) and code[at] != ";":
        sign = code[at]
        if sign in '"[':
            end = code.find('"' if sign == '"' else "]", at + 1)
            end = len(code) if end < 0 else end
            inside = code[at + 1 : end].lower()
            if sign == "[" and inside and set(inside) in ({"h"}, {"m"}, {"s"}):
                plain += inside + ("h" if inside[0] == "m" else "")  # [mm] is minutes
            at = end
        elif sign in "\\_*":
            at += 1
        else:
            plain += sign
        at += 1
    return plain


# Who types 1990 into a cell that is formatted as a date means the year; the program takes it for 12 June 1905. So these
# days, as numbers, may be years: a cell that shows one is refused, and none is written (cells.py).
YEARS = range(1800, 2200)
MIDNIGHT = "00:00:00"
FIRST_OF_YEARS, LAST_OF_YEARS = "1904-12-04", "1906-01-07"


def number_text(written):
    """1964 for 1964.0, 0.3 for 0.30000000000000004 (Excel shows 15 digits), all digits of a long whole number."""
    digits = written.removeprefix("-")
    if digits.isdigit() and digits.isascii():
        if digits[0] != "0":
            return written
        digits = digits.lstrip("0")
        return written[: written.startswith("-")] + digits if digits else "0"
    value = float(written)
    if value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if value - value != 0:
        raise ValueError(f"{written} is no number")
    return str(float(f"{value:.15g}"))


def date_text(written, parts, first_day=DAY_0):
    """Serial number ``written`` as ISO text: 1964, 1964-12, 1964-12-30, 1964-12-30 09:30:00 or 09:30:00.

    ValueError where a workbook shows ####. What may be a year as well is :func:`spoilt`.
    """
    days, seconds = divmod(round(float(written) * DAY), DAY)
    if days < 0:
        raise ValueError("before the first day")
    if parts == TIME or (days == 0 and first_day == DAY_0):
        return _time((days if parts == TIME else 0) * DAY + seconds)
    if first_day == DAY_0 and days == LOTUS_DAY:
        return _moment_text("1900-02-29", _time(seconds), parts)
    from datetime import date  # not every sheet has dates

    day = date.fromordinal(first_day + days + (first_day == DAY_0 and days < LOTUS_DAY)).isoformat()
    shown = _moment_text(day, _time(seconds), parts)
    if first_day != DAY_0 or days not in YEARS or seconds or shown == str(days):
        return shown
    # A month that somebody typed is its first day.
    return str(days) if shown == day[:7] and day[8:] != "01" else spoilt("date", shown[:10], str(days))


def _time(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _moment_text(day, time, parts):
    """ISO ``day`` and ``time`` as exactly as ``parts`` say."""
    if "t" in parts:
        return f"{day} {time}"
    return day if "d" in parts else day[:7] if "m" in parts else day[:4]


def iso_text(written, parts):
    """As :func:`date_text`, of a cell that holds its date in ISO: 1964-12-30 or 1964-12-30T09:30:00. ``parts`` may be
    none; a day that no calendar has stays as it is.
    """
    day, _, time = written.partition("T")
    time = time[:8] or MIDNIGHT
    parts = parts or (DATE if time == MIDNIGHT else MOMENT)
    if FIRST_OF_YEARS <= day <= LAST_OF_YEARS and time == MIDNIGHT and "d" in parts:
        from datetime import date

        try:
            return spoilt("date", day, str(date.fromisoformat(day).toordinal() - DAY_0))
        except ValueError:
            return day
    return _moment_text(day, time, parts)
