"""What is written comes back the same, and no program makes anything else of it."""

import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from apps.spreadsheets.files.inert import awakened, inert, looks_like_formula
from apps.spreadsheets.files.lists import legal_titles
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.files.writing import OutColumn, OutSheet, write
from apps.spreadsheets.refusals import Refused
from tests.spreadsheets.files.sheets import AWKWARD, KINDS, book_of, column_of, file_of, lines, rows_of

every_kind_of_file = pytest.mark.parametrize("kind", KINDS)
every_workbook = pytest.mark.parametrize("kind", ["xlsx", "ods"])
LONG_LIST = tuple(f"Organisation {number}, संगठन" for number in range(3000))


def opened(columns, rows, **sheet):
    """The workbook as openpyxl sees it: another reader than ours."""
    return load_workbook(io.BytesIO(file_of("xlsx", columns, rows, **sheet)))


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


# Texts


def blanks_dropped(texts):
    """A cell with nothing but blanks in it is a blank cell."""
    return [text if text.strip() else "" for text in texts]


@every_kind_of_file
def test_awkward_texts_come_back_as_they_were(kind):
    assert column_of(kind, AWKWARD) == blanks_dropped(AWKWARD)


@every_kind_of_file
@settings(deadline=None, max_examples=25)
@given(st.lists(lines, min_size=1, max_size=12))
def test_any_texts_come_back_as_they_were(kind, texts):
    assert column_of(kind, texts) == blanks_dropped(texts)


@every_kind_of_file
def test_a_heading_can_be_any_text(kind):
    headings = ["=1+1", "Title [हिन्दी]", "a & <b>"]
    ((_title, rows),) = [(title, list(rows)) for title, rows in read_sheets(kind, file_of(kind, headings, []))]
    assert rows == [(1, headings)] or rows == [[1, headings]]


@pytest.mark.parametrize("text", ["=1+1", "'abc", "-5", "＝1", "\t"])
def test_in_excel_a_text_like_a_formula_is_a_text_with_the_mark_of_an_apostrophe(text):
    cell = opened(["slug"], [[text]]).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix, cell.number_format) == (text, "s", True, "@")


@given(lines)
def test_any_text_is_inert_in_csv_and_comes_back(text):
    assert awakened(inert(text)) == text
    assert not looks_like_formula(text) or inert(text).startswith("'")


def test_a_csv_shows_hindi_in_excel_and_ends_its_rows_as_excel_does():
    assert file_of("csv", ["slug"], [["दक्षिण"], ["=1"]]) == "\ufeffslug\r\nदक्षिण\r\n'=1\r\n".encode()


@pytest.mark.parametrize("text", ["a\rb", 'say "yes"', "a,b", "\ufeffa", "line\nbreak", "  ", "=1\r\n"])
def test_any_csv_reader_sees_one_cell(text):
    data = file_of("csv", ["slug", "text"], [["x", text]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline="")))[1] == ["x", inert(text)]


# Dates, moments, numbers

DATES = ["1900-03-01", "1955-04-18", "9999-12-31"]
NO_DATES = ["1900-02-28", "0001-01-01", "1964-06", "1964", "2023-02-29", "दिसंबर 1964", "१९६४-०६-१५", "1964-06-15 "]
MOMENTS = ["2026-08-15 09:30:15", "2026-08-15 00:00:00", "1955-04-18 23:59:59"]
NO_MOMENTS = ["2026-08-15 09:30:15.000123", "1899-01-01 10:00:00", "2026-08-15 24:00:00", "2026-08-15T09:30:15", "soon"]
NUMBERS = ["0", "5", "-5", "12.5", "0.1", "-0.25", "123456789012345", "12345678901234.5"]
NO_NUMBERS = ["007", "1e3", "-0", "5.0", ".5", "+5", "1234567890123456", "0.00001", "٣", "1_000", "5\n"]
TYPED = [("date", DATES, NO_DATES), ("moment", MOMENTS, NO_MOMENTS), ("number", NUMBERS, NO_NUMBERS)]


@every_kind_of_file
@pytest.mark.parametrize(("column", "real", "texts"), TYPED)
def test_what_stands_in_a_typed_column_comes_back_as_it_was(kind, column, real, texts):
    assert column_of(kind, ["", *real, *texts], OutColumn("x", kind=column)) == ["", *real, *texts]


@every_workbook
@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.dates(min_value=date(1900, 3, 1)).map(str), min_size=1),
    st.lists(st.datetimes(min_value=datetime(1900, 3, 1)).map(lambda each: str(each)[:19]), min_size=1),
    st.lists(st.integers().map(str) | st.decimals(allow_nan=False, allow_infinity=False).map(str), min_size=1),
)
def test_any_date_moment_and_number_comes_back_as_it_was(kind, dates, moments, numbers):
    columns = [OutColumn("a", kind="date"), OutColumn("b", kind="moment"), OutColumn("c", kind="number")]
    rows = [list(row) for row in zip(dates, moments, numbers, strict=False)]
    assert rows_of(kind, file_of(kind, columns, rows)) == rows


@pytest.mark.parametrize(
    ("column", "text", "value", "number_format"),
    [
        ("date", "1955-04-18", datetime(1955, 4, 18), "yyyy-mm-dd"),
        ("moment", "2026-08-15 09:30:15", datetime(2026, 8, 15, 9, 30, 15), "yyyy-mm-dd hh:mm:ss"),
        ("moment", "2026-08-15 09:30", datetime(2026, 8, 15, 9, 30), "yyyy-mm-dd hh:mm"),
        ("number", "-12.5", -12.5, "General"),
        ("date", "1964-06", "1964-06", "@"),
        ("number", "007", "007", "@"),
    ],
)
def test_excel_sorts_and_filters_what_is_a_date_or_a_number(column, text, value, number_format):
    cell = opened([OutColumn("x", kind=column)], [[text]]).active["A2"]
    assert (cell.value, cell.number_format) == (value, number_format)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("date", "1955-04-18", 'office:value-type="date" office:date-value="1955-04-18"'),
        ("moment", "2026-08-15 09:30", 'office:value-type="date" office:date-value="2026-08-15T09:30:00"'),
        ("number", "-12.5", 'office:value-type="float" office:value="-12.5"'),
        ("number", "007", 'office:value-type="string"><text:p>007<'),
    ],
)
def test_libreoffice_sorts_and_filters_what_is_a_date_or_a_number(column, text, value):
    assert value in part(file_of("ods", [OutColumn("x", kind=column)], [[text]]), "content.xml")


# What no file can hold


@every_kind_of_file
@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_an_invisible_sign_is_refused_by_name(kind, sign):
    rows = [["first", "good"], ["bandung", f"ab{sign}c"]]
    with pytest.raises(Refused, match="Character 3 of “Title” in “bandung” is invisible and fits no file"):
        file_of(kind, ["slug", "Title"], rows)


@pytest.mark.parametrize("text", ["क" * 32_768, "😀" * 16_384])
def test_a_text_longer_than_an_excel_cell_is_refused_by_name(text):
    said = "“Title” of “bandung” is longer than an Excel cell: 32767 characters. Export CSV."
    with pytest.raises(Refused, match=said):
        file_of("xlsx", ["slug", "Title"], [["bandung", text]])


@pytest.mark.parametrize(("kind", "text"), [("xlsx", "क" * 32_767), ("csv", "क" * 100_000), ("ods", "क" * 100_000)])
def test_a_long_text_that_fits_comes_back(kind, text):
    assert column_of(kind, [text]) == [text]


def test_a_row_of_another_width_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="2 cells"):
        file_of("csv", ["slug", "Title"], [["x"], ["x", "y", "z"]])


# The sheet as people see it


def test_the_header_of_an_excel_sheet_is_bold_frozen_filled_and_filters():
    sheet = opened(["slug", OutColumn("Title", width=40)], [["x", "y"], ["z", ""]]).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold) == (True, False)
    assert sheet["A1"].fill.fill_type == "solid"
    assert sheet.column_dimensions["B"].width == 40
    assert (sheet["A2"].alignment.wrap_text, sheet["A2"].alignment.vertical) == (True, "top")


def test_a_row_of_an_excel_sheet_says_how_high_it_is_where_it_is_more_than_a_line():
    # LibreOffice, unlike Excel, takes a row that does not say so for one line high: the texts lay over each other.
    texts = ["short", "words that break " * 10, "one\ntwo\nthree", "x" * 30_000]
    sheet = opened([OutColumn("Text", width=40)], [[text] for text in texts]).active
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4, 5)]
    assert heights[0] is None
    assert heights[1:3] == [5 * 16.5, 3 * 16.5]
    assert heights[3] < 409


@every_workbook
def test_columns_that_say_which_row_it_is_stay_in_sight_and_on_every_page(kind):
    data = file_of(kind, ["a", "b", "c"], [["x", "y", "z"]], title="It's", frozen=2)
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(data)).active
        assert (sheet.freeze_panes, sheet.print_title_cols, sheet.print_title_rows) == ("C2", "$A:$B", "$1:$1")
    else:
        assert 'config:name="HorizontalSplitPosition" config:type="int">2<' in part(data, "settings.xml")
        content = part(data, "content.xml")
        always = content.partition("<table:table-header-columns>")[2].partition("</table:table-header-columns>")[0]
        assert always.count("<table:table-column") == 2
        assert "<table:table-header-rows><table:table-row>" in content
    assert rows_of(kind, data) == [["x", "y", "z"]]


@every_workbook
def test_what_can_be_read_beside_each_other_is_printed_on_one_page(kind):
    for width, fits in [(60, True), (70, False)]:
        data = file_of(kind, [OutColumn(name, width=width) for name in "abc"], [["x", "y", "z"]])
        if kind == "xlsx":
            assert bool(load_workbook(io.BytesIO(data)).active.sheet_properties.pageSetUpPr.fitToPage) == fits
        else:
            assert ('style:master-page-name="one-page-wide"' in part(data, "content.xml")) == fits


def test_only_the_first_columns_are_printed_if_so_wished():
    sheet = opened(["a", "b", "c"], [["x", "y", "z"]], printed=2).active
    assert sheet.print_area == "'Events'!$A$1:$B$2"


def test_the_column_to_write_in_is_of_another_colour():
    columns = [OutColumn("slug", writable=False), OutColumn("Target")]
    sheet = opened(columns, [["x", "y"]], protected=True).active
    assert sheet["B1"].fill.fgColor.rgb not in {sheet["A1"].fill.fgColor.rgb, sheet["B2"].fill.fgColor.rgb}
    assert (sheet["A2"].fill.fill_type, sheet["B2"].fill.fill_type) == (None, "solid")
    content = part(file_of("ods", columns, [["x", "y"]], protected=True), "content.xml")
    assert 'table:style-name="head" ' in content
    assert 'table:style-name="head-open" ' in content


def test_a_font_with_hindi_in_it_is_asked_for():
    assert opened(["slug"], [["x"]]).active["A2"].font.name == "Nirmala UI"
    assert 'style:font-family-complex="Noto Sans Devanagari"' in part(file_of("ods", ["slug"], [["x"]]), "styles.xml")


def test_openpyxl_opens_the_workbook_without_a_warning(recwarn):
    columns = ["slug", OutColumn("Kind", choices=("a", "b")), OutColumn("Other", choices=LONG_LIST)]
    opened(columns, [["x", "a", LONG_LIST[0]]], protected=True)
    assert list(recwarn) == []


def test_the_cells_still_empty_are_formatted_as_text_where_dates_are_typed():
    sheet = opened([OutColumn("Date", kind="date")], []).active
    assert sheet.column_dimensions["A"].number_format == "@"


def test_the_header_of_an_ods_sheet_is_bold_in_both_scripts_and_frozen():
    data = file_of("ods", ["slug"], [["x"]], title="घटनाएँ")
    content = part(data, "content.xml")
    assert 'fo:font-weight="bold" style:font-weight-complex="bold"' in content
    assert 'table:style-name="head" office:value-type="string"><text:p>slug<' in content
    assert "table:target-range-address=\"'घटनाएँ'.A1:'घटनाएँ'.A2\"" in content
    views = part(data, "settings.xml")
    assert 'config:name="घटनाएँ"' in views
    assert 'config:name="VerticalSplitPosition" config:type="int">1<' in views


def test_programs_see_by_its_first_bytes_that_a_file_is_an_ods():
    assert file_of("ods", ["slug"], []).startswith(b"PK")
    assert file_of("ods", ["slug"], [])[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


@every_workbook
def test_every_part_is_well_formed_xml(kind):
    columns = [OutColumn('a & "b" <c>\'', choices=("<x>", "y & z")), OutColumn("d", choices=("a,b", 'c"d'))]
    package = zipfile.ZipFile(io.BytesIO(file_of(kind, columns, [["<x>", "]]>"]], title="a & 'b' <c>", protected=True)))
    for name in package.namelist():
        if name != "mimetype":
            ElementTree.fromstring(package.read(name))  # noqa: S314 - what we wrote ourselves


# Drop-down lists


def validations(sheet):
    return {str(each.sqref): each for each in sheet.data_validations.dataValidation}


def test_a_short_list_drops_down_in_every_row_and_stops_nobody():
    sheet = opened(["slug", OutColumn("State", choices=("Draft", "प्रकाशित"))], []).active
    offer = validations(sheet)["B2:B50001"]
    assert (offer.type, offer.formula1, offer.showErrorMessage) == ("list", '"Draft,प्रकाशित"', False)


@pytest.mark.parametrize("choices", [LONG_LIST, ("a,b", "c"), ('say "yes"',), (" a",), ("=a",), ("x" * 256,)])
def test_a_list_that_excel_would_read_otherwise_stands_on_a_hidden_sheet(choices):
    book = opened([OutColumn("State", choices=choices)], [["x"]])
    assert validations(book.active)["A2:A50001"].formula1 == f"'Lists'!$A$2:$A${len(choices) + 1}"
    assert book["Lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["Lists"]["A"][1:]] == list(choices)


def test_two_columns_with_one_list_share_it_whatever_the_sheets_are_called():
    columns = [OutColumn("a", choices=LONG_LIST), OutColumn("b", choices=LONG_LIST), OutColumn("c", choices=("d,e",))]
    data = book_of("xlsx", OutSheet("Lists", columns, []), OutSheet("Other", columns[:1], []))
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Lists", "Other", "Lists 2"]
    assert [each.formula1 for each in validations(book["Lists"]).values()] == [
        "'Lists 2'!$A$2:$A$3001",
        "'Lists 2'!$A$2:$A$3001",
        "'Lists 2'!$B$2:$B$2",
    ]
    assert book["Lists 2"].max_column == 2


def test_lists_drop_down_in_libreoffice_in_rows_still_empty_too():
    columns = ["slug", OutColumn("a", choices=("x", 'y "z"')), OutColumn("b", choices=("Draft", "प्रकाशित"))]
    content = part(file_of("ods", columns, [["s", "x", ""]]), "content.xml")
    assert "of:cell-content-is-in-list([$'Lists'.$A$2:.$A$3])" in content
    assert "of:cell-content-is-in-list(&quot;Draft&quot;;&quot;प्रकाशित&quot;)" in content
    assert '<table:table-row table:number-rows-repeated="49999">' in content
    assert 'table:name="table-1"' not in content
    assert '<style:table-properties table:display="false"/>' in content


@every_workbook
def test_the_lists_are_no_sheet_to_read(kind):
    data = file_of(kind, [OutColumn("a", choices=LONG_LIST)], [["x"]])
    assert rows_of(kind, data) == [["x"]]


# Protected sheets


def test_only_writable_columns_of_a_protected_excel_sheet_can_be_typed_in():
    columns = [OutColumn("slug", writable=False), OutColumn("Target", kind="date")]
    sheet = opened(columns, [["x", "1955-04-18"], ["y", ""], ["z", "=1"]], protected=True).active
    assert [cell.protection.locked for cell in (*sheet["A"][1:], sheet["B2"], sheet["B4"])] == [True] * 3 + [False] * 2
    assert sheet["B1"].protection.locked
    assert [sheet.column_dimensions[letter].protection.locked for letter in "AB"] == [True, False]
    rules = sheet.protection
    assert (rules.sheet, rules.password) == (True, None)
    assert not any([rules.selectLockedCells, rules.formatColumns, rules.formatRows, rules.sort, rules.autoFilter])


def test_a_sheet_is_open_unless_it_is_protected():
    assert not opened([OutColumn("slug", writable=False)], [["x"]]).active.protection.sheet
    assert "table:protected" not in part(file_of("ods", ["slug"], [["x"]]), "content.xml")


def test_only_writable_columns_of_a_protected_ods_sheet_can_be_typed_in():
    columns = [OutColumn("slug", writable=False), OutColumn("Target")]
    content = part(file_of("ods", columns, [["x", "y"]], protected=True), "content.xml")
    assert 'table:protected="true"' in content
    assert 'table:style-name="column-0-0" table:default-cell-style-name="text"' in content
    assert 'table:style-name="column-0-1" table:default-cell-style-name="text-open"' in content


# The file


@every_kind_of_file
def test_equal_sheets_are_equal_files(kind):
    columns = ["slug", OutColumn("Kind", choices=LONG_LIST)]
    assert file_of(kind, columns, [["x", "y"]]) == file_of(kind, columns, [["x", "y"]])


@every_kind_of_file
def test_however_many_rows_there_are_no_more_memory_is_taken(kind, tmp_path):
    def peak(count):
        rows = ([f"slug-{number}", "दक्षिण आयोग " * 20] for number in range(count))
        with (tmp_path / "out").open("wb") as file:
            tracemalloc.start()
            write(kind, [OutSheet("Events", [OutColumn("slug"), OutColumn("Title")], rows)], file)
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    assert peak(10_000) < peak(1_000) * 1.1


@pytest.mark.parametrize(
    ("titles", "legal"),
    [
        (["Events"], ["Events"]),
        (["a/b: [c]?*\\"], ["a b c"]),
        (["'quoted'"], ["quoted"]),
        (["", "  ", "'"], ["Sheet", "Sheet 2", "Sheet 3"]),
        (["History"], ["History 2"]),
        (["events", "Events", "EVENTS"], ["events", "Events 2", "EVENTS 3"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["x" * 30 + "क्षि"], ["x" * 30]),
    ],
)
def test_titles_of_sheets_are_as_excel_has_them(titles, legal):
    assert legal_titles(titles) == legal


@every_workbook
def test_a_choice_that_no_file_can_hold_is_refused_by_name(kind):
    with pytest.raises(Refused, match="Character 2 of “State” in “a\x01” is invisible"):
        file_of(kind, [OutColumn("State", choices=("a\x01",))], [])
