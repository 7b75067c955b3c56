"""Whatever the file is: a sentence, soon, and nothing left behind."""

import os
import time
from pathlib import Path

import pytest

from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.refusals import Refused
from tests.spreadsheets.files.packages import (
    huge,
    inline,
    locked,
    members,
    ods,
    ods_cell,
    ods_row,
    package,
    row,
    texts,
    with_false_size,
    with_long_extras,
    with_overlap,
    xlsx,
)

# Measured: below 1; for a machine that does other things meanwhile.
SECONDS = 15
BILLION = 1_000_000_000
MANY = 100_000
LINE = row(inline("a"))
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>"
SHEET = "xl/worksheets/sheet0.xml"

TOO_LONG = "more than 131,072 characters"
TOO_EMPTY = "500,000 empty cells"
BROKEN = "can't be read"
OTHER_KIND = "not the kind of workbook"
# What the file is: its kind, how it is made, and what the sentence says.
HOSTILE = {
    "sparse cells": (
        "xlsx",
        lambda: xlsx(LINE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "100 columns",
    ),
    "a sparse row": ("xlsx", lambda: xlsx(LINE + '<row r="1048576"><c><v>1</v></c></row>'), "50,000 rows"),
    "a repeated cell": ("ods", lambda: ods(ods_row(ods_cell("x", BILLION))), "100 columns"),
    "a repeated row": ("ods", lambda: ods(ods_row(ods_cell("x"), BILLION)), "50,000 rows"),
    "a repeated text": ("ods", lambda: ods(ods_row(ods_cell("x" * 20_000), 50_000)), "60,000,000 characters"),
    "a billion spaces": ("ods", lambda: ods(ods_row(ods_cell('x<text:s text:c="1000000000"/>' * MANY))), TOO_LONG),
    "a bomb that is not read": ("xlsx", lambda: package({**members(LINE), "x": huge("", "", "x" * 5)}), "300 MB"),
    "a huge inline text": ("xlsx", lambda: xlsx(huge(LINE + '<row><c t="inlineStr"><is><t>', "")), TOO_LONG),
    "a huge shared text": ("xlsx", lambda: xlsx(LINE, strings=huge("<si><t>", "</t></si>")), TOO_LONG),
    "a huge ODS text": ("ods", lambda: ods(huge("<table:table-row><table:table-cell><text:p>", "")), TOO_LONG),
    "a huge attribute": ("xlsx", lambda: xlsx(huge('<row r="', '"/>', "1")), BROKEN),
    "a huge comment": ("xlsx", lambda: xlsx(huge("<!--", "-->")), BROKEN),
    "a huge CSV cell": ("csv", lambda: b'slug,"' + b"x" * (19 << 20), TOO_LONG),
    "many paragraphs": (
        "ods",
        lambda: ods(ods_row(f"<table:table-cell>{PARAGRAPH * MANY}</table:table-cell>")),
        TOO_LONG,
    ),
    "a tag for each letter": ("ods", lambda: ods(ods_row(ods_cell("<text:span>x</text:span>" * 2 * MANY))), TOO_LONG),
    "cells repeated backwards": ("ods", lambda: ods(ods_row(times(-5) + ERROR)), BROKEN),
    "rows repeated backwards": ("ods", lambda: ods(ods_row(ods_cell("x"), 3) + ods_row(ods_cell("y"), -2)), BROKEN),
    "cells repeated no times": ("ods", lambda: ods(ods_row(times(0))), BROKEN),
    "a CSV of blank lines": ("csv", lambda: b"slug\n" + b"\n" * (19 << 20), "500,000 blank lines"),
    "a CSV of commas": ("csv", lambda: b"slug" + b"," * (19 << 20) + b"x", "100 columns"),
    "a CSV with an open quote": (
        "csv",
        lambda: b'slug,title\na,"b\nc,d\n',
        "Line 3 of the file is not CSV. Look for a",
    ),
    "UTF-16 as CSV": ("csv", lambda: "slug,title\na,b\n".encode("utf-16-le"), "not in UTF-8"),
    "a program as CSV": ("csv", lambda: b"\x7fELF\2\1\1" + b"\0" * 99, "not in UTF-8"),
    "a huge CSV": ("csv", lambda: b"x" * (21 << 20), "larger than 20 MB"),
    "huge white space": ("xlsx", lambda: xlsx(huge("<row>", "</row>", " ")), "Shorten"),
    "entities in a sheet": ("xlsx", lambda: xlsx(row('<c t="str"><v>&c;</v></c>'), before=BOMB), BROKEN),
    "entities in strings": ("xlsx", lambda: xlsx(LINE, strings="<si><t>&c;</t></si>", before=BOMB), BROKEN),
    "entities in styles": ("xlsx", lambda: xlsx(LINE, styles="&c;", before=BOMB), BROKEN),
    "entities in ODS": ("ods", lambda: ods(ods_row(ods_cell("&c;")), before=BOMB), BROKEN),
    "a false size": ("xlsx", lambda: with_false_size(xlsx(LINE * 1000), SHEET, 100), BROKEN),
    "overlapping members": ("xlsx", lambda: with_overlap(xlsx(LINE)), BROKEN),
    "long fields in a zip": ("xlsx", lambda: with_long_extras(200), BROKEN),
    "a password of a zip": ("xlsx", lambda: locked(xlsx(LINE)), "password"),
    "a password of Excel": ("xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel"),
    "a password of LibreOffice": (
        "ods",
        lambda: package({"content.xml": "?", "META-INF/manifest.xml": "<x><manifest:encryption-data/></x>"}),
        "password",
    ),
    "macros": ("xlsx", lambda: package({**members(LINE), "xl/vbaProject.bin": "x"}), "macros"),
    "Basic": ("ods", lambda: package({"content.xml": "<x/>", "Basic/Standard/Module1.xml": "x"}), "macros"),
    "empty": ("xlsx", lambda: b"", OTHER_KIND),
    "a PDF": ("xlsx", lambda: b"%PDF-1.7 a renamed file" * 9, OTHER_KIND),
    "a PDF as ODS": ("ods", lambda: b"%PDF-1.7 a renamed file" * 9, OTHER_KIND),
    "a PDF as CSV": ("csv", lambda: b"%PDF-1.7 a renamed file" * 9, OTHER_KIND),
    "a workbook as CSV": ("csv", lambda: xlsx(LINE), OTHER_KIND),
    "an ODS as XLSX": ("xlsx", lambda: ods(""), OTHER_KIND),
    "a cut zip": ("xlsx", lambda: xlsx(LINE)[:-30], BROKEN),
    "another zip": ("ods", lambda: b"PK\x05\x06" + b"\0" * 18, OTHER_KIND),
    "empty styled cells": ("xlsx", lambda: xlsx([row('<c s="1"/>' * 100)] * MANY), TOO_EMPTY),
    "empty rows": ("xlsx", lambda: xlsx(["<row/>" * 100] * MANY), TOO_EMPTY),
    "empty ODS cells": ("ods", lambda: ods([ods_row("<table:table-cell/>" * 100)] * MANY), TOO_EMPTY),
    "empty shared texts": ("xlsx", lambda: xlsx(LINE, strings=["<si><t/></si>" * 100] * MANY), TOO_EMPTY),
    "deep nesting": ("xlsx", lambda: xlsx(["<a>" * 100] * MANY), TOO_EMPTY),
    "cells in cells": ("xlsx", lambda: xlsx(["<row>", *["<c>" * 100] * MANY]), TOO_EMPTY),
    "a million cells in a row": (
        "xlsx",
        lambda: xlsx(["<row>", *[inline("a") * 100] * 10_000, "</row>"]),
        "100 columns",
    ),
    "cells without end": ("ods", lambda: ods(ods_row(ods_cell("x", 100), 50_000)), "2,000,000 cells"),
    "long numbers": ("xlsx", lambda: xlsx([row(f"<c><v>0{'9' * 4000}</v></c>")] * 20_000), "characters"),
    "formats of numbers": ("xlsx", lambda: xlsx(LINE, styles=FORMAT * 400_000), "formats"),
    "formats of runs": (
        "xlsx",
        lambda: xlsx(LINE, strings=["<si>", *["<rPr></rPr>" * 100] * MANY, "</si>"]),
        TOO_EMPTY,
    ),
    "rows that are books": ("ods", lambda: ods(ods_row(ods_cell("x" * MANY, 30), 20)), "Row 6 has too much text"),
    "a long list of contents": (
        "ods",
        lambda: package({"content.xml": "?", "META-INF/manifest.xml": huge("", "", " ")}),
        BROKEN,
    ),
    "a million sheets": ("xlsx", lambda: package({**members(LINE), "xl/workbook.xml": many_sheets()}), "1,000 parts"),
    "many members": (
        "xlsx",
        lambda: package({**members(LINE), **dict.fromkeys(map(str, range(1000)), "")}),
        "1,000 parts",
    ),
    "two members of one name": ("xlsx", lambda: package({**members(LINE), "XL/Workbook.xml": ""}), BROKEN),
    "two cells at one place": ("xlsx", lambda: xlsx(row(inline("a", "A1"), inline("b", "A1"))), BROKEN),
    "invalid UTF-8": ("xlsx", lambda: xlsx(b'<row><c t="str"><v>\xff\xfe</v></c></row>'), BROKEN),
}
ERROR = '<table:table-cell calcext:value-type="error"/>'
FORMAT = '<numFmt numFmtId="5" formatCode="' + "[h]" * 80 + '"/>'
PARAGRAPH = "<text:p>" + "x" * 800 + "</text:p>"


def times(repeated):
    """A cell that is repeated so often, as no program says it."""
    return f'<table:table-cell table:number-columns-repeated="{repeated}"><text:p>x</text:p></table:table-cell>'


def many_sheets():
    sheet = '<sheet name="a" r:id="s0"/>'
    return f"<workbook><sheets>{sheet * 1_000_000}</sheets></workbook>"


def refusal(kind, data):
    with pytest.raises(Refused) as refused:
        list(read_sheets(kind, data))
    return str(refused.value)


def resident():
    """Megabytes of this process, at most since it was asked before."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def open_files():
    return set(os.listdir("/proc/self/fd"))


def children():
    """Also those that are dead and not buried."""
    return {pid for each in Path("/proc/self/task").glob("*/children") for pid in each.read_text().split()}


@pytest.mark.parametrize(("kind", "make", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_soon_with_a_sentence_and_nothing_is_left(kind, make, words):
    data = make()
    Path("/proc/self/clear_refs").write_text("5")  # the highest memory counts from here on
    before, files, start = resident(), open_files(), time.monotonic()
    others = children()
    assert words in refusal(kind, data)
    assert time.monotonic() - start < SECONDS
    assert resident() - before < 150
    assert open_files() <= files
    assert children() <= others


def test_empty_cells_repeated_a_billion_times_are_nothing():
    empty = ods_cell("", BILLION)
    data = ods(ods_row(ods_cell("slug") + empty) + ods_row(empty, BILLION))
    assert [list(rows) for _title, rows in read_sheets("ods", data)] == [[(1, ["slug"])]]


def test_a_row_with_a_million_empty_cells_behind_its_text_is_that_text():
    assert texts("csv", b"slug\na" + b"," * 1_000_000 + b"\n" + b"," * 1_000_000) == [["slug"], ["a"]]


def test_what_stands_on_a_sheet_that_nobody_asked_for_is_no_long_cell():
    other = ods_row(ods_cell("x" * 1000)) * 500
    data = ods(f"{ods_row(ods_cell('slug'))}</table:table><table:table table:name='Other'>{other}")
    assert [list(rows) for _title, rows in read_sheets("ods", data, ["Third"])] == [[(1, ["slug"])]]


NUMBERED = ["slug", *("bandung" for _number in range(60_000))]
TOO_MANY_ROWS = {
    "xlsx": lambda: xlsx(
        [f'<row r="{number}"><c t="str"><v>{text}</v></c></row>' for number, text in enumerate(NUMBERED, 1)]
    ),
    "csv": lambda: "\n".join(NUMBERED).encode(),
    "ods": lambda: ods(ods_row(ods_cell("slug")) + ods_row(ods_cell("bandung"), BILLION)),
}


@pytest.mark.parametrize("kind", TOO_MANY_ROWS)
def test_of_a_sheet_with_too_many_rows_none_is_read_first(kind):
    [(_title, rows)] = [next(read_sheets(kind, TOO_MANY_ROWS[kind]()))]
    with pytest.raises(Refused, match="more than 50,000 rows"):
        next(rows)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_blank_rows_at_the_end_are_not_too_many(kind, settings):
    settings.SHEET_MAX_ROWS = 2
    data = {
        "xlsx": lambda: xlsx([row(inline("slug")), row(inline("a")), *[row("<c><v></v></c>")] * 10]),
        "csv": lambda: b"slug\na\n" + b",\n \n" * 10,
    }
    assert texts(kind, data[kind]()) == [["slug"], ["a"]]


def test_a_text_of_many_lines_is_one_row(settings):
    settings.SHEET_MAX_ROWS = 1
    assert texts("csv", b'slug\n"a\n\n\n\nb"\n') == [["slug"], ["a\n\n\n\nb"]]


def test_a_title_without_end_is_cut():
    [(title, _rows)] = read_sheets("xlsx", xlsx(sheets={"T" * MANY: LINE}))
    assert title == "T" * 255


@pytest.mark.parametrize("content", ["", "<", "\x00", "<a/>", "not xml"])
@pytest.mark.parametrize(("kind", "part"), [("xlsx", "xl/workbook.xml"), ("ods", "content.xml")])
def test_a_broken_part_is_refused(kind, part, content):
    assert BROKEN in refusal(kind, package({part: content}))


def test_a_workbook_cut_anywhere_is_refused():
    whole = xlsx(LINE)
    for length in range(0, len(whole), len(whole) // 7):
        assert refusal("xlsx", whole[:length])


def test_a_file_that_needs_too_much_memory_is_refused(settings):
    settings.SHEET_MAX_MEMORY_MEGABYTES = 1
    assert refusal("xlsx", xlsx(LINE))


def test_a_file_that_takes_too_long_is_refused(settings):
    settings.SHEET_MAX_CPU_SECONDS = 1
    settings.SHEET_MAX_EMPTY_CELLS = BILLION
    assert "took too long" in refusal("xlsx", xlsx(["<row/>" * 100] * MANY))


def test_the_reading_process_knows_no_secret_and_writes_no_file(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known")
    sheets = read_sheets("csv", b"slug\n" * 40_000)
    next(sheets)
    process = sheets.gi_frame.f_locals["process"].process
    limits = Path(f"/proc/{process.pid}/limits").read_text()
    assert Path(f"/proc/{process.pid}/environ").read_bytes() == b""
    assert limits.partition("Max file size")[2].split()[:2] == ["0", "0"]
    sheets.close()


def test_who_stops_early_leaves_no_process():
    others = children()
    sheets = read_sheets("csv", b"slug\n" * 40_000)
    _title, rows = next(sheets)
    assert next(rows) == (1, ["slug"])
    assert children() > others
    sheets.close()
    assert children() == others
