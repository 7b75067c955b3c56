"""Whatever the file is: a sentence, soon, and nothing left behind."""

import datetime
import time
import zipfile
from io import BytesIO

import openpyxl
import pytest

from apps.spreadsheets import reading, writing
from apps.spreadsheets.reading import read_sheet
from apps.spreadsheets.refusals import Refused

WORKBOOK_XML = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}
# For a machine that does other things meanwhile.
MARGIN = 10
BILLION = 1_000_000_000
NOT_WORKBOOKS = {
    "empty": b"",
    "a renamed PDF": b"%PDF-1.7 a renamed file",
    "cut": b"PK\x03\x04",
    "another zip": b"PK\x05\x06" + b"\0" * 18,
}


def refusal(kind, data):
    start = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_sheet(kind, data)
    assert time.monotonic() - start < 2 * reading.READER_SECONDS + MARGIN
    return str(refused.value)


def xlsx(cells, **formats):
    """A workbook with ``cells`` as ``{"A1": value}``."""
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
        if place in formats:
            book.active[place].number_format = formats[place]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def package(members, compression=zipfile.ZIP_DEFLATED):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def ods(body):
    return package({"content.xml": writing.ODS_START + body + writing.ODS_END})


def row(cells, rows=1):
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def typed(kind, value, shown):
    attributes = f'office:value-type="{kind}" office:{"date-" if kind == "date" else ""}value="{value}"'
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


def cell(text, columns=1):
    return f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>{text}</text:p></table:table-cell>'


def test_two_cells_at_the_ends_of_an_excel_sheet_are_refused_at_once():
    start = time.monotonic()
    assert "more than" in refusal("xlsx", xlsx({"A1": "slug", "XFD1048576": "x"}))
    assert time.monotonic() - start < 10


def test_a_cell_repeated_a_billion_times_is_refused():
    assert "columns" in refusal("ods", ods(row(cell("x", columns=BILLION))))
    assert "rows" in refusal("ods", ods(row(cell("x"), rows=BILLION)))


def test_empty_cells_repeated_a_billion_times_are_nothing():
    empty = cell("", columns=BILLION)
    assert read_sheet("ods", ods(row(cell("slug") + empty) + row(empty, rows=BILLION))).headers == ["slug"]


def test_a_billion_spaces_are_refused_or_cut():
    spaces = f'<text:s text:c="{BILLION}"/>' * 1000
    assert "too much text" in refusal("ods", ods(row(cell(f"x{spaces}"))))


def test_an_entity_bomb_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = writing.ODS_START.replace("?>", f"?>{bomb}", 1) + row(cell("&b;")) + writing.ODS_END
    assert "can't be read" in refusal("ods", package({"content.xml": content}))


def test_a_zip_bomb_is_refused_unopened():
    assert refusal(
        "xlsx", package({"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": "0" * (reading.MAX_UNPACKED + 1)})
    )


@pytest.mark.parametrize("kind", WORKBOOK_XML)
def test_a_package_of_many_members_is_refused_unopened(kind):
    members = {f"part{number}": "" for number in range(reading.MAX_MEMBERS + 1)}
    assert refusal(kind, package({WORKBOOK_XML[kind]: "", **members}))


@pytest.mark.parametrize("kind", WORKBOOK_XML)
@pytest.mark.parametrize("data", NOT_WORKBOOKS.values(), ids=NOT_WORKBOOKS)
def test_what_is_not_a_workbook_is_refused(kind, data):
    assert "not the kind of workbook" in refusal(kind, data)


@pytest.mark.parametrize("kind", WORKBOOK_XML)
@pytest.mark.parametrize("content", ["", "<", "\x00", "<a/>", "not xml"])
def test_a_broken_workbook_is_refused(kind, content):
    assert refusal(kind, package({WORKBOOK_XML[kind]: content}))


def test_a_cut_workbook_is_refused():
    whole = writing.to_xlsx([["slug"], ["x"]])
    for length in range(0, len(whole), len(whole) // 7):
        assert refusal("xlsx", whole[:length])


def test_a_workbook_that_needs_too_much_memory_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "READER_MEMORY", reading.MEGABYTE)
    assert refusal("xlsx", xlsx({"A1": "slug"}))


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "READER_SECONDS", 1)
    monkeypatch.setattr(reading, "MAX_COLUMNS", 20_000)
    rows = "".join(f'<row r="{number}"><c r="A{number}"/><c r="XFD{number}"/></row>' for number in range(1, 60_000))
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(BytesIO(xlsx({"A1": "slug"}))) as book:
        members = {name: book.read(name) for name in book.namelist()}
    members["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    assert "took too long" in refusal("xlsx", package(members))


def test_the_reading_process_does_not_know_the_secret_key(monkeypatch):
    seen = {}
    run = reading.subprocess.run
    monkeypatch.setattr(reading.subprocess, "run", lambda *args, **kwargs: seen.update(kwargs) or run(*args, **kwargs))
    read_sheet("xlsx", xlsx({"A1": "slug"}))
    assert seen["env"] == {}


def test_limits_name_what_is_too_much():
    assert "larger than 5 MB" in refusal("csv", b"x" * (reading.MAX_BYTES + 1))
    assert "more than 1000 rows" in refusal("csv", b"slug\n" + b"x\n" * 1001)
    assert "more than 100 columns" in refusal("csv", b"x," * 100 + b"x")
    assert len(read_sheet("csv", b"slug\n" + b"x\n" * 1000)) == 1000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" , \n\n", "empty"),
        ("slug,नाम".encode("utf-16"), "UTF-8"),
        ("slug\n\u0939".encode("utf-8")[:-1], "UTF-8"),
        (b'slug\n"never closed', "Line 2"),
        (b'slug\n"a"b', "Line 2"),
        (b"slug\n" + b"x" * 200_000, "Line 2"),
    ],
)
def test_a_broken_csv_is_refused(data, words):
    assert words in refusal("csv", data)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_any_program_is_read(mark, delimiter):
    sheet = read_sheet("csv", mark + f"slug{delimiter}title_hi\r\na{delimiter}दक्षिण\r\n".encode())
    assert sheet.dict == [{"slug": "a", "title_hi": "दक्षिण"}]


def test_a_formula_error_is_named_by_its_cell():
    assert "B2" in refusal("xlsx", xlsx({"A1": "slug", "B2": "#REF!"}))


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (1964, "General", "1964"),
        (1964.5, "General", "1964.5"),
        ("1964-12", "mmm-yy", "1964-12"),
        ("1964-12-01", "mmm-yy", "1964-12"),
        ("1964-12-01", "dd/mm/yyyy", "1964-12-01"),
        ("1964-12-01", "[$-4009]d mmmm yyyy;@", "1964-12-01"),
        ("1964-12-01", "yyyy", "1964"),
        ("2026-08-15T09:30", "yyyy-mm-dd hh:mm", "2026-08-15 09:30:00"),
    ],
)
def test_excel_dates_are_read_as_exactly_as_they_are_shown(value, shown_as, text):
    if isinstance(value, str) and len(value) > 7:
        value = datetime.datetime.fromisoformat(value)
    sheet = read_sheet("xlsx", xlsx({"A1": "start", "A2": value}, A2=shown_as))
    assert sheet["start"] == [text]


def test_libreoffice_cells_are_read():
    cells = (
        typed("float", "1964", "1964")
        + typed("date", "1964-12-30", "30/12/64")
        + typed("date", "1964-12-01", "1964-12")
        + cell("", columns=2)
        + '<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>a remark</text:p></office:annotation>"
        "<text:p>One<text:s/><text:span>two</text:span></text:p><text:p/>"
        "<text:p>three<text:line-break/>four</text:p></table:table-cell>"
    )
    sheet = read_sheet("ods", ods(row("".join(map(cell, "abcdef"))) + row(cells)))
    assert list(sheet) == [("1964", "1964-12-30", "1964-12", "", "", "One two\n\nthree\nfour")]


def test_a_cell_that_excel_would_cut_is_refused_on_the_way_out():
    rows = [["slug", "body_en"], ["origins", "x" * 32_768]]
    with pytest.raises(Refused, match="“body_en” of “origins” is longer"):
        writing.to_xlsx(rows)
    assert read_sheet("csv", writing.to_csv(rows))["body_en"] == ["x" * 32_768]


@pytest.mark.parametrize("write", [writing.to_csv, writing.to_xlsx, writing.to_ods])
def test_a_character_that_no_file_holds_is_refused_on_the_way_out(write):
    with pytest.raises(Refused, match="Character 2 of “title_en” in “origins”"):
        write([["slug", "title_en"], ["origins", "a\x0bb"]])
