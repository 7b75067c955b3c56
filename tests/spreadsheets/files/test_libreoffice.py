"""LibreOffice opens what we write and saves it again, and what it saved reads as what was written."""

import pytest

from apps.spreadsheets.files.writing import OutColumn
from tests.spreadsheets.files.sheets import file_of, rows_of
from tests.spreadsheets.libreoffice import SAVED_AS, saved_again

LONG_LIST = tuple(f"Organisation {number}, संगठन" for number in range(300))
COLUMNS = [
    OutColumn("slug"),
    OutColumn("Title [हिन्दी]", width=40),
    OutColumn("Date", kind="date"),
    OutColumn("Changed", kind="moment"),
    OutColumn("Number", kind="number"),
    OutColumn("State", choices=("Draft", "प्रकाशित")),
    OutColumn("Organisation", choices=LONG_LIST),
]
TEXTS = [
    *("=1+1", "'=x", "'abc", "＝1", "@x", "-5", "007", "1964-12", "1955-04-18", "TRUE", "1e3", "12:30", "50%", "1/2"),
    *("  two  spaces ", "line\nbreak\n\n=3", "tab\there", "\u00a0nbsp", "_x0041_ _x000D_", '<b>&amp;"q"</b>', "]]>"),
    *("दक्षिण आयोग, क्षेत्रीय सहयोग", "क्‍ष", "e\u0301", "😀", "#N/A", "[clear]", "ends", "ends", "ends", "ends"),
]
DATES = ["1955-04-18", "1900-03-01", "9999-12-31", "1900-02-28", "0001-01-01", "1964-06", "1964", "दिसंबर 1964", ""]
MOMENTS = ["2026-08-15 09:30:15", "1955-04-18 23:59:59", "2026-08-15 09:30:15.000123", "1899-01-01 10:00:00", ""]
NUMBERS = ["0", "5", "-5", "12.5", "0.1", "-0.25", "123456789012345", "007", "1e3", "1234567890123456", "-0", "5.0", ""]
ROWS = [
    [
        f"row-{place}",
        text,
        DATES[place % len(DATES)],
        MOMENTS[place % len(MOMENTS)],
        NUMBERS[place % len(NUMBERS)],
        ["Draft", "प्रकाशित", "typed"][place % 3],
        LONG_LIST[place],
    ]
    for place, text in enumerate(TEXTS)
]
# CSV has no types, and a program that opens it decides what is a number: only what it takes for no other.
CSV_ROWS = [
    *(["a", "=1+1", "1955-04-18", "12"], ["b", "'abc", "1955-04", "-0.5"], ["c", "＝1", "", ""]),
    *(["d", "दक्षिण, “आयोग”", "x", "0"], ["e", "line\nbreak", "@x", "-x"], ["f", "tab\there", "'=x", "  two  spaces "]),
]


@pytest.fixture(scope="session")
def resaved(tmp_path_factory):
    """The bytes of our workbooks and our CSV, opened and saved by LibreOffice: ``{"xlsx": …, "ods": …, "csv": …}``."""
    folder = tmp_path_factory.mktemp("libreoffice")
    return {kind: saved_again(kind, {"sheet": _ours(kind)}, folder)["sheet"] for kind in SAVED_AS}


def _ours(kind):
    columns, rows = (["slug", "a", "b", "c"], CSV_ROWS) if kind == "csv" else (COLUMNS, ROWS)
    return file_of(kind, columns, rows, title="Events: घटनाएँ", protected=True)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_keeps_every_text_date_and_number_of_a_workbook(resaved, kind):
    assert rows_of(kind, resaved[kind]) == ROWS


def test_libreoffice_keeps_every_text_date_and_number_of_a_csv(resaved):
    back = [row + [""] * (4 - len(row)) for row in rows_of("csv", resaved["csv"])]
    assert back == CSV_ROWS
