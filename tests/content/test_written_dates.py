"""How people write dates into cells, and what they are told when a date can't be read."""

import datetime
import unicodedata
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.content.partial_dates import PartialDate
from apps.content.written_dates import MONTHS, read_moment, read_partial_date

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
ENGLISH = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
HINDI = ["जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितम्बर", "अक्टूबर", "नवम्बर", "दिसम्बर"]
HINDI_TOO = ["जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्तूबर", "नवंबर", "दिसंबर"]


def complaint(read, text):
    with pytest.raises(ValidationError) as refused:
        read(text)
    (sentence,) = refused.value.messages
    return sentence


# --- Dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1964", "1964"),
        ("1964-12", "1964-12"),
        ("1964-12-31", "1964-12-31"),
        (" 1964-1-5 ", "1964-01-05"),
        ("1964/1/5", "1964-01-05"),
        ("1964–12–31", "1964-12-31"),
        ("31/12/1964", "1964-12-31"),
        ("31.12.1964", "1964-12-31"),
        ("31. 12. 1964", "1964-12-31"),
        ("31-12-1964", "1964-12-31"),
        ("12/31/1964", "1964-12-31"),
        ("13/05/1964", "1964-05-13"),
        ("05/05/1964", "1964-05-05"),
        ("12/1964", "1964-12"),
        ("5/1964", "1964-05"),
        ("१९६४", "1964"),
        ("३१/१२/१९६४", "1964-12-31"),
        ("दिसंबर 1964", "1964-12"),
        ("दिसम्बर, १९६४", "1964-12"),
        ("1964 दिसंबर", "1964-12"),
        ("31 दिसंबर 1964", "1964-12-31"),
        ("31दिसंबर1964", "1964-12-31"),
        ("1964 दिसंबर 31", "1964-12-31"),
        ("दिस॰ 1964", "1964-12"),
        ("29 फ़र. 1964", "1964-02-29"),
        ("31 December 1964", "1964-12-31"),
        ("31st DECEMBER, 1964", "1964-12-31"),
        ("December 31, 1964", "1964-12-31"),
        ("dec. 31st 1964", "1964-12-31"),
        ("Dec 1964", "1964-12"),
        ("Sept. 1964", "1964-09"),
        ("31-Dec-1964", "1964-12-31"),
        ("31\u00a0December\u202f1964", "1964-12-31"),
        ("\ufeff1964", "1964"),
        ("1964-12-31 00:00:00", "1964-12-31"),
        ("1964-12-31T00:00", "1964-12-31"),
        ("1964-12-31 00:00:00.000000", "1964-12-31"),
        ("31/12/1964 12:00:00 AM", "1964-12-31"),
        ("1964-1", "1964-01"),
        ("1909-10", "1909-10"),
    ],
)
def test_a_date_is_read_however_it_is_written(text, date):
    assert read_partial_date(text) == date


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", [name for names in MONTHS for name in names.split()] + ENGLISH + HINDI + HINDI_TOO)
def test_every_name_of_a_month_is_known(form, name):
    date = read_partial_date(unicodedata.normalize(form, f"२ {name} 1987"))
    assert date.display() in {read_partial_date(f"1987-{number}-2").display() for number in range(1, 13)}
    places = [names.index(name) for names in (ENGLISH, HINDI, HINDI_TOO) if name in names]
    assert all(date == f"1987-{place + 1:02}-02" for place in places)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("05/06/1964", "“05/06/1964” can mean 5 June 1964 or 6 May 1964. Write 1964-06-05 or 1964-05-06."),
        ("5.6.1964", "“5.6.1964” can mean 5 June 1964 or 6 May 1964. Write 1964-06-05 or 1964-05-06."),
        ("1964-5", "“1964-5” can mean May 1964 or 1964–1965. Write 1964-05 or 1964."),
        ("1964.1", "“1964.1” can mean January 1964 or October 1964. Write 1964-01 or 1964-10."),
    ],
)
def test_a_date_with_two_meanings_is_refused_with_both(text, sentence):
    assert complaint(read_partial_date, text) == sentence


def test_the_two_meanings_are_named_in_the_editors_language():
    with translation.override("hi"):
        assert "5 जून 1964" in complaint(read_partial_date, "05/06/1964")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("64", "1864, 1964, 2064"),
        ("31/12/64", "1864, 1964, 2064"),
        ("12/64", "1864, 1964, 2064"),
        ("31-Dec-64", "1864, 1964, 2064"),
        ("64-12-31", "1864, 1964, 2064"),
        ("दिसंबर ६४", "1864, 1964, 2064"),
        ("05/06/07", "1807, 1907, 2007"),
    ],
)
def test_a_year_of_two_digits_is_refused(text, years):
    sentence = f"“{text}” has a year of two digits, which can mean any of {years}. Write all four."
    assert complaint(read_partial_date, text) == sentence


@pytest.mark.parametrize("text", ["31 December", "दिसंबर", "25/12", "Dec 12"])
def test_a_date_without_a_year_is_refused(text):
    assert complaint(read_partial_date, text) == f"“{text}” has no year. Write it with four digits, as in 1964-12-31."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/1964", "“31/02/1964” is not a date. February 1964 has 29 days."),
        ("1987-02-30", "“1987-02-30” is not a date. February 1987 has 28 days."),
        ("31 नवंबर 1964", "“31 नवंबर 1964” is not a date. November 1964 has 30 days."),
        ("0/5/1964", "“0/5/1964” is not a date. May 1964 has 31 days."),
        ("1964-13", "“1964-13” is not a date. There is no month 13."),
        ("13/13/1964", "“13/13/1964” is not a date. There is no month 13."),
        ("1974-75", "“1974-75” is not a date. There is no month 75."),
    ],
)
def test_a_day_that_never_was_is_refused_by_name(text, sentence):
    assert complaint(read_partial_date, text) == sentence


def test_a_time_of_day_is_refused_with_the_date_alone():
    sentence = "“31/12/1964 09:30” has a time of day too. Write the date alone: 1964-12-31."
    assert complaint(read_partial_date, "31/12/1964 09:30") == sentence


@pytest.mark.parametrize(
    "text",
    ["", "-", "5", "yesterday", "c. 1964", "1964?", "964-01-01", "0000", "1964-12-31-01", "1964-65-66-67", "31/12-1964",
     "31 1964 December", "1964 00:00", "1964-12-31 25:00", "December December 1964", "दिसंबरी 1964", "23742",
     "1964 1965", "December 311964", "19641231", "1964th December", "½", "1964-12-31\n1965", "٣١/١٢/١٩٦٤"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_value(text):
    shown = " ".join(text.split())
    assert complaint(read_partial_date, text).startswith(f"“{shown}” is not a date.")


def test_a_cell_full_of_text_is_quoted_in_short():
    assert len(complaint(read_partial_date, "दक्षिण " * 5000)) < 300


# --- Moments ---------------------------------------------------------------------------------------------------------

HALF_PAST_NINE = datetime.datetime(2026, 8, 15, 9, 30)


@pytest.mark.parametrize(
    "text",
    ["2026-08-15 09:30", "2026-08-15T09:30:00", "15/08/2026 09:30", "15 August 2026, 9:30", "15 अगस्त 2026, ९:३०",
     "15 अगस्त 2026 9:30 बजे", "August 15, 2026 9:30 am", "2026-08-15 09:30:00.000", "15.08.2026 09:30 A.M."],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(text):
    assert read_moment(text) == HALF_PAST_NINE


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-08-15 21:30:15", "2026-08-15T21:30:15"),
        ("2026-08-15 9:30:15 pm", "2026-08-15T21:30:15"),
        ("2026-08-15 12:30 am", "2026-08-15T00:30:00"),
        ("2026-08-15T09:30:15.000123", "2026-08-15T09:30:15.000123"),
        ("2026-08-15T09:30:15.000123456", "2026-08-15T09:30:15.000123"),
        ("2026-08-15T09:30Z", "2026-08-15T09:30:00+00:00"),
        ("2026-08-15 09:30:15+05:30", "2026-08-15T09:30:15+05:30"),
        ("2026-08-15 09:30 -0800", "2026-08-15T09:30:00-08:00"),
        ("2026-08-15", "2026-08-15T00:00:00"),
        ("15 August 2026", "2026-08-15T00:00:00"),
    ],
)
def test_seconds_offsets_and_a_date_alone(text, moment):
    assert read_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tomorrow", "“tomorrow” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("2026-08", "“2026-08” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("2026-08-15 25:00", "“2026-08-15 25:00” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("2026-08-15 13:00 pm", "“2026-08-15 13:00 pm” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("9:30", "“9:30” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("0001-01-01 00:00", "“0001-01-01 00:00” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("2026-08-15 09:30+24:00",
         "“2026-08-15 09:30+24:00” is not a date with a time. Write them as in 2026-08-15 09:30."),
        ("2026-02-30 09:30", "“2026-02-30 09:30” is not a date. February 2026 has 28 days."),
        ("5/6/2026 09:30", "“5/6/2026 09:30” can mean 5 June 2026 or 6 May 2026. Write 2026-06-05 or 2026-05-06."),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_the_value(text, sentence):
    assert complaint(read_moment, text) == sentence


# --- Any date, any text ----------------------------------------------------------------------------------------------


def styles(day):
    """Every way to write the whole ``day`` that has one meaning only."""
    year, month, number = f"{day.year:04}", day.month - 1, day.day
    yield from [day.isoformat(), f"{year}/{day.month}/{number}", f"{day.isoformat()} 00:00:00"]
    for names in (ENGLISH, HINDI, HINDI_TOO):
        yield from [
            f"{number} {names[month]} {year}",
            f"{names[month]} {number}, {year}",
            f"{year} {names[month]} {number}",
        ]
    yield f"{number:02}-{ENGLISH[month][:3].upper()}.-{year}"
    if number > 12 or number == day.month:
        yield from [f"{number}{sign}{day.month:02}{sign}{year}" for sign in "/.-"]


@settings(deadline=None, max_examples=40)
@given(st.dates())
def test_every_date_in_every_style_reads_back_to_itself(day):
    for text in styles(day):
        for form in ("NFC", "NFD"):
            written = unicodedata.normalize(form, text)
            assert read_partial_date(written) == day.isoformat()
            assert read_partial_date(written.translate(DEVANAGARI)) == day.isoformat()


@settings(deadline=None, max_examples=40)
@given(st.dates())
def test_months_and_years_read_back_to_themselves(day):
    year, month = f"{day.year:04}", f"{day.year:04}-{day.month:02}"
    assert read_partial_date(year) == year
    for text in (month, f"{day.month}/{year}", f"{HINDI[day.month - 1]} {year}", f"{year} {ENGLISH[day.month - 1]}"):
        assert read_partial_date(text) == month


@settings(deadline=None, max_examples=40)
@given(st.datetimes(datetime.datetime(2, 1, 1), datetime.datetime(9998, 12, 31)))
def test_every_moment_reads_back_to_itself(moment):
    assert read_moment(moment.isoformat()) == moment
    assert read_moment(moment.isoformat(sep=" ").translate(DEVANAGARI)) == moment


SCRAPS = [
    "31",
    "12",
    "1964",
    "64",
    "0",
    "-",
    "/",
    ".",
    ",",
    " ",
    ":",
    "T",
    "Z",
    "+",
    "st",
    "pm",
    "Dec",
    "दिसंबर",
    "बजे",
    "१",
]


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.text(st.characters(codec=None, exclude_categories=[])),
        st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join),
    )
)
def test_any_text_is_a_date_or_is_refused(text):
    for read in (read_partial_date, read_moment):
        with suppress(ValidationError):
            assert str(read(text))[:4].isdigit()


@pytest.mark.parametrize("scrap", ["1", "1-", "1 ", "Dec ", "दि", "st", ":00", "1:1", " ,", "\u0301", "١"])
def test_a_long_cell_is_refused_soon(scrap):
    started = datetime.datetime.now(datetime.UTC)
    for length in (20, 79, 80, 30000):
        for read in (read_partial_date, read_moment):
            complaint(read, (scrap * length)[:length] + "x")
    assert datetime.datetime.now(datetime.UTC) - started < datetime.timedelta(seconds=5)


def test_what_is_read_is_a_partial_date():
    assert isinstance(read_partial_date("दिसंबर 1964"), PartialDate)
