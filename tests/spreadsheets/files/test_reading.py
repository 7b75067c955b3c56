"""Every cell a text, as an editor reads it in the spreadsheet program."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.files.spoilt import SpoiltRow
from apps.spreadsheets.refusals import Refused
from tests.spreadsheets.files.packages import first, inline, members, ods, ods_cell, ods_row, package, row, texts, xlsx

EVERY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)
TABLES = st.lists(st.lists(EVERY_TEXT, min_size=1, max_size=4), max_size=5)


def refusal(kind, data):
    with pytest.raises(Refused) as refused:
        texts(kind, data)
    return str(refused.value)


HEADER = row(inline("slug"))
ERROR = "This cell shows an error. Put the text itself there."
FORMULA = "This cell holds a formula without a result. Put the text itself there."


def year_or_day(year, day):
    return (
        f"This date cell may mean the year {year} or the day {day}. "
        f"Format it as text, then write the one that is meant: {year} or {day}."
    )


def spoilt(kind, data):
    """``{(row, place): (what stands there, sentence)}`` of the first sheet."""
    return {
        (number, place): (cells[place], sentence)
        for number, cells in first(kind, data)
        if isinstance(cells, SpoiltRow)
        for place, (_reason, sentence) in cells.spoilt.items()
    }


def styled(value, code, *, number=170, book=""):
    styles = f'<numFmts><numFmt numFmtId="{number}" formatCode="{code}"/></numFmts>' if code else ""
    styles += (
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    )
    [[text]] = texts("xlsx", xlsx(row(f'<c s="1"><v>{value}</v></c>'), styles=styles, book=book))
    return text


def without_blanks(table):
    """As they are read: no blank rows, no blanks at a row's end."""
    found = []
    for cells in table:
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        found += [cells] if cells else []
    return found


@settings(deadline=None, max_examples=25)
@given(TABLES)
def test_any_text_of_a_csv_is_read(table):
    stream = StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["slug", "title"], *table])
    found = texts("csv", stream.getvalue().encode())
    assert [[text.removeprefix("'") for text in cells] for cells in found[1:]] == [
        [text.removeprefix("'") for text in cells] for cells in without_blanks(table)
    ]


@settings(deadline=None, max_examples=25)
@given(TABLES)
def test_any_text_of_another_librarys_workbook_is_read(table):
    book = openpyxl.Workbook()
    for cells in [["slug"], *table]:
        book.active.append([])
        for number, text in enumerate(cells, start=1):
            cell = book.active.cell(book.active.max_row + (number == 1 and text == ""), number)
            cell.value, cell.data_type = text.replace("_x", "x"), "s"
    stream = BytesIO()
    book.save(stream)
    again = [[cell.value or "" for cell in cells] for cells in book.active.iter_rows()]
    assert texts("xlsx", stream.getvalue()) == without_blanks(again)


NUMBERS = st.decimals(-(10**14), 10**14, places=4).filter(lambda number: len(number.as_tuple().digits) <= 15)


@settings(deadline=None, max_examples=15)
@given(st.lists(NUMBERS.map(float), min_size=1, max_size=20))
def test_a_number_of_up_to_fifteen_digits_is_read_as_it_was_typed(numbers):
    found = texts("xlsx", xlsx("".join(row(f"<c><v>{number!r}</v></c>") for number in numbers)))
    assert [float(text) for [text] in found] == numbers
    assert not [text for [text] in found if text.endswith(".0")]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1964", "1964"),
        ("1964.0", "1964"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("9007199254740993", "9007199254740993"),
        ("1.5E3", "1500"),
        ("-0", "0"),
    ],
)
def test_a_number_has_the_digits_that_are_shown(written, text):
    assert texts("xlsx", xlsx(row(f"<c><v>{written}</v></c>"))) == [[text]]


@pytest.mark.parametrize(
    ("serial", "code", "text"),
    [
        (23712, "mmm-yy", "1964-12"),
        (23712, "dd/mm/yyyy", "1964-12-01"),
        (23712, "[$-4009]d mmmm yyyy;@", "1964-12-01"),
        (23712, "yyyy", "1964"),
        (23712, "&quot;day&quot; yyyy\\d", "1964"),
        (23712, "[Red]0.00", "23712"),
        (23712, "General", "23712"),
        (46249.395833333336, "yyyy-mm-dd hh:mm", "2026-08-15 09:30:00"),
        (46249.395833333336, "dd/mm/yyyy", "2026-08-15"),
        (0.395833333333333, "h:mm AM/PM", "09:30:00"),
        (1.5, "[h]:mm", "36:00:00"),
        (60, "yyyy-mm-dd", "1900-02-29"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (61, "yyyy-mm-dd", "1900-03-01"),
    ],
)
def test_excel_dates_are_read_as_exactly_as_they_are_shown(serial, code, text):
    assert styled(serial, code) == text


@pytest.mark.parametrize(
    ("number", "text"), [(14, "1964-12-01"), (15, "1964-12-01"), (17, "1964-12"), (22, "1964-12-01 00:00:00")]
)
def test_the_formats_that_every_workbook_has_are_known(number, text):
    assert styled(23712, "", number=number) == text


def test_dates_of_an_old_mac_are_four_years_later():
    assert styled(22250, "yyyy-mm-dd", book='<workbookPr date1904="1"/>') == "1964-12-01"


def test_a_date_written_as_iso_text_is_read():
    assert texts("xlsx", xlsx(row('<c t="d"><v>1964-12-01T00:00:00</v></c>'))) == [["1964-12-01"]]


def test_a_date_that_the_program_cannot_show_spoils_its_cell():
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    assert spoilt("xlsx", xlsx(HEADER + row('<c s="0"><v>-5</v></c>'), styles=styles)) == {(2, 0): ("-5", ERROR)}


@pytest.mark.parametrize(
    ("serial", "code", "year", "day"),
    [
        (1800, "dd/mm/yyyy", "1800", "1904-12-04"),
        (1964, "yyyy-mm-dd", "1964", "1905-05-17"),
        (1964, "d-mmm", "1964", "1905-05-17"),
        (1990, "dd/mm/yyyy hh:mm", "1990", "1905-06-12"),
        (2199, "dd/mm/yyyy", "2199", "1906-01-07"),
        (1948, "mmm-yy", "1948", "1905-05"),
        (1964, "yyyy", "1964", "1905"),
    ],
)
def test_a_date_cell_that_may_be_a_typed_year_names_both(serial, code, year, day):
    styles = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    data = xlsx(HEADER + row(f'<c s="0"><v>{serial}</v></c>'), styles=styles)
    assert spoilt("xlsx", data) == {(2, 0): (day, year_or_day(year, day))}


@pytest.mark.parametrize(
    ("serial", "code", "text"),
    [
        (1799, "dd/mm/yyyy", "1904-12-03"),
        (2200, "dd/mm/yyyy", "1906-01-08"),
        (1964.5, "dd/mm/yyyy hh:mm", "1905-05-17 12:00:00"),
        (1905, "yyyy", "1905"),
        (1964, "mmm-yy", "1964"),
        (1964, "General", "1964"),
    ],
)
def test_what_is_no_day_that_may_be_a_year_is_read(serial, code, text):
    assert styled(serial, code) == text


def test_the_days_of_an_old_mac_are_other_numbers():
    assert styled(502, "yyyy-mm-dd", book='<workbookPr date1904="1"/>') == "1905-05-17"


def test_a_typed_year_that_libreoffice_keeps_as_a_day_names_both():
    kind = 'office:value-type="date" office:date-value="1905-05-17"'
    data = ods(ods_row(ods_cell("start")) + ods_row(ods_cell("17/05/05", attributes=kind)))
    assert spoilt("ods", data) == {(2, 0): ("1905-05-17", year_or_day("1964", "1905-05-17"))}


@pytest.mark.parametrize(
    "cells",
    [
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>',
        "<c t='s'>\n<v>0</v>\n</c> <c t='s'><v>1</v></c>",
        '<c r="A1" t="inlineStr"><is><t>One two</t></is></c><c t="str"><v>दो</v></c>',
        '<c t="inlineStr"><is><r><t>One </t></r><r><rPr><b/></rPr><t>two</t></r><rPh><t>aid</t></rPh></is></c>'
        '<c t="inlineStr"> <is> <t>दो</t> </is> </c>',
    ],
)
def test_shared_and_inline_texts_are_read_however_they_are_written(cells):
    strings = '<si><r><rPr><b/></rPr><t xml:space="preserve">One </t></r><r><t>two</t></r><rPh><t>aid</t></rPh></si>'
    assert texts("xlsx", xlsx(row(cells), strings=f"{strings}<si><t>दो</t></si>")) == [["One two", "दो"]]


def test_what_xml_cannot_hold_is_read_from_its_escape():
    assert texts("xlsx", xlsx(row(inline("a_x000D_b _x005F_x0041_ _x0041_ &lt;&#2342;")))) == [
        ["a\rb _x0041_ _x0041_ <द"]
    ]


def test_a_nul_byte_which_no_database_holds_is_left_as_its_escape():
    assert texts("xlsx", xlsx(row(inline("a_x0000_b")))) == [["a_x0000_b"]]


def test_truth_values_are_read():
    assert texts("xlsx", xlsx(row('<c t="b"><v>1</v></c>', '<c t="b"><v>0</v></c>'))) == [["True", "False"]]


def test_cells_and_rows_without_a_place_count_on():
    rows = row(inline("a"), inline("c", "C1"), inline("d")) + '<row r="5"><c/><c><v>7</v></c></row>' + row(inline("x"))
    assert first("xlsx", xlsx(rows)) == [(1, ["a", "", "c", "d"]), (5, ["", "7"]), (6, ["x"])]


def test_a_workbook_with_prefixes_is_read():
    names = ("worksheet", "sheetData", "row", "c", "v")
    tags = "".join(f"<x:{name}>" for name in names) + "7" + "".join(f"</x:{name}>" for name in reversed(names))
    assert texts("xlsx", package({**members(), "xl/worksheets/sheet0.xml": tags})) == [["7"]]


def test_the_kept_result_of_a_formula_is_its_text():
    cells = (
        "<c><f>1+1</f><v>2</v></c>",
        '<c t="str"><f>A1</f><v>two</v></c>',
        '<c t="str"><f>B1</f><v></v></c>',
        inline("x"),
    )
    assert texts("xlsx", xlsx(row(*cells))) == [["2", "two", "", "x"]]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<c><f>1+1</f></c>", "=1+1"),
        ("<c><f>1+1</f><v></v></c>", "=1+1"),
        ("<c><f/><v/></c>", "="),
        (f"<c><f>{'1+' * 40}1</f></c>", f"={'1+' * 29}1…"),
    ],
)
def test_a_formula_without_a_result_spoils_its_cell_alone(cell, shown):
    assert spoilt("xlsx", xlsx(HEADER + row(inline("a"), cell, inline("c")))) == {(2, 1): (shown, FORMULA)}


def test_every_formula_error_spoils_its_cell_and_every_other_cell_is_read():
    error = '<c t="e"><v>#REF!</v></c>'
    rows = HEADER + row(inline("a"), error, inline("c")) + row(inline("d")) + row(error, '<c t="e"/>')
    assert texts("xlsx", xlsx(rows)) == [["slug"], ["a", "#REF!", "c"], ["d"], ["#REF!", "#"]]
    told = {(2, 1): ("#REF!", ERROR), (4, 0): ("#REF!", ERROR), (4, 1): ("#", ERROR)}
    assert spoilt("xlsx", xlsx(rows)) == told


def test_the_kept_text_of_one_formula_is_not_that_of_the_next():
    shared = '<c><f t="shared" si="0"/></c>'
    assert texts("xlsx", xlsx(HEADER + row("<c><f>1+1</f></c>", shared)))[1] == ["=1+1", "="]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ('<c r="B5" t="e"><v>#REF!</v></c>', "Cell B5 shows a formula error. Put the text itself there."),
        ('<c r="B5"><f>1+1</f></c>', "Cell B5 holds a formula without a result. Put the text itself there."),
    ],
)
def test_a_spoilt_cell_among_the_names_of_the_columns_refuses_the_file(cell, sentence):
    assert refusal("xlsx", xlsx(f'<row r="5">{inline("slug", "A5")}{cell}</row>')) == sentence


def test_a_text_that_looks_like_what_is_said_of_a_spoilt_cell_is_a_text():
    assert texts("xlsx", xlsx(HEADER + row(inline("\\u0000error\\u0000#"))))[1] == ["\\u0000error\\u0000#"]


SHEETS = {"One": row(inline("1")), "Lists": "not even XML", " Two ": row(inline("2")), "Three": "not even XML"}


def test_only_the_first_sheet_and_those_asked_for_are_read():
    found = [(title, list(rows)) for title, rows in read_sheets("xlsx", xlsx(sheets=SHEETS), ["two", "Four"])]
    assert found == [("One", [(1, ["1"])]), (" Two ", [(1, ["2"])])]


def test_rows_that_nobody_took_are_passed_over():
    assert [title for title, _rows in read_sheets("xlsx", xlsx(sheets=SHEETS), ["TWO"])] == ["One", " Two "]


def test_a_hidden_sheet_is_none():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.create_sheet("Shown").append(["slug"])
    stream = BytesIO()
    book.save(stream)
    assert [title for title, _rows in read_sheets("xlsx", stream.getvalue(), ["Sheet"])] == ["Shown"]


def unread(kind, data, *wanted):
    """The titles of the sheets that are passed over."""
    found = []
    for _sheet in read_sheets(kind, data, wanted, found):
        pass
    return found


def ods_of(sheets, styles=""):
    """``{title: rows}``"""
    (first, rows), *further = sheets.items()
    more = [f'</table:table><table:table table:name="{title}">{rows}' for title, rows in further]
    return ods([rows, *more], sheet=f' table:name="{first}"', styles=styles)


def test_the_sheets_that_are_passed_over_are_told_and_not_read():
    broken = "<v>not even XML"
    sheets = SHEETS | {"Lists": broken, "Three": broken}
    assert unread("xlsx", xlsx(sheets=sheets), "two") == ["Lists", "Three"]


def test_they_are_told_before_the_first_is_read():
    found = []
    next(read_sheets("xlsx", xlsx(sheets={"One": "", "Other": row(inline("1"))}), (), found))
    assert found == ["Other"]


@pytest.mark.parametrize("wanted", [[], ["Sections"]])
def test_those_of_libreoffice_are_told_too(wanted):
    rows = ods_row(ods_cell("x", attributes='office:value-type="string"'))
    assert unread("ods", ods_of({"One": rows, "Other": rows * 500, "Empty": "", "Third": rows}), *wanted) == [
        "Other",
        "Third",
    ]


def test_what_stands_beyond_the_sheets_that_are_read_makes_no_file_broken():
    rows = ods_row(ods_cell("x", attributes='office:value-type="string"'))
    assert unread("ods", ods_of({"One": rows, "Other": rows, "Third": "<not XML", "Fourth": rows})) == ["Other"]


def test_libreoffice_sheets_beyond_many_cells_are_not_looked_for():
    rows = ods_row(ods_cell("x", attributes='office:value-type="string"'))
    assert unread("ods", ods_of({"One": rows, "Other": rows * 20_000, "Third": rows})) == ["Other"]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_of_many_sheets_with_long_titles_twenty_are_told_each_with_its_start(kind):
    rows = row(inline("1")) if kind == "xlsx" else ods_row(ods_cell("x", attributes='office:value-type="string"'))
    sheets = {f"{number} {'T' * 300}": rows for number in range(30)}
    found = unread(kind, xlsx(sheets=sheets) if kind == "xlsx" else ods_of(sheets))
    assert found == [f"{number} {'T' * 300}"[:60] for number in range(1, 21)]


def test_hidden_sheets_and_those_that_hold_nothing_are_not_told():
    book = openpyxl.Workbook()
    book.active.append(["slug"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["slug"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Sheet2")
    book.create_sheet("Framed")["B2"].font = openpyxl.styles.Font(bold=True)
    book.create_sheet("Number").append([7])
    stream = BytesIO()
    book.save(stream)
    assert unread("xlsx", stream.getvalue()) == ["Number"]


def test_libreoffice_cells_are_read():
    cells = (
        ods_cell("1964", attributes='office:value-type="float" office:value="1964"')
        + ods_cell("30/12/64", attributes='office:value-type="date" office:date-value="1964-12-30"')
        + ods_cell("1964-12", attributes='office:value-type="date" office:date-value="1964-12-01"')
        + ods_cell("TRUE", attributes='office:value-type="boolean" office:boolean-value="true"')
        + "<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>"
        + '<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>a remark</text:p></office:annotation>\n"
        "<text:p>One<text:s/><text:span>t<text:a>w</text:a>o</text:span><office:annotation><text:p>no</text:p>"
        "</office:annotation>!</text:p><text:p/><text:p>three<text:line-break/>four</text:p></table:table-cell>"
    )
    assert first("ods", ods(ods_row(ods_cell("x", 2), 2) + ods_row(cells))) == [
        (1, ["x", "x"]),
        (2, ["x", "x"]),
        (3, ["1964", "1964-12-30", "1964-12", "True", "", "One two!\n\nthree\nfour"]),
    ]


def test_a_libreoffice_date_is_read_as_exactly_as_its_style_shows_it():
    styles = (
        '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    kind = 'office:value-type="date" office:date-value="1964-12-01"'
    own = ods_cell("Dec 64", attributes=f'{kind} table:style-name="ce1"')
    column = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    assert texts("ods", ods(column + ods_row(own + ods_cell("Dec 64", attributes=kind)), styles=styles)) == [
        ["1964-12"] * 2
    ]


def test_a_libreoffice_formula_without_a_result_spoils_its_cell():
    rows = ods_row(ods_cell("slug")) + ods_row(ods_cell("x") + '<table:table-cell table:formula="of:=1+1"/>')
    assert spoilt("ods", ods(rows)) == {(2, 1): ("=1+1", FORMULA)}


def test_a_libreoffice_error_spoils_its_cell():
    cell = ods_cell("#REF!", attributes='office:value-type="string" calcext:value-type="error"')
    assert spoilt("ods", ods(ods_row(ods_cell("slug")) + ods_row(cell))) == {(2, 0): ("#REF!", ERROR)}
    assert "A1" in refusal("ods", ods(ods_row(cell)))


def test_a_hidden_libreoffice_sheet_is_none():
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta1" style:family="table">{hidden}</style:style>'
    sheets = ods_row(ods_cell("hidden")) + '</table:table><table:table table:name="Shown">' + ods_row(ods_cell("x"))
    data = ods(sheets, styles=styles, sheet=' table:name="Lists" table:style-name="ta1"')
    assert [(title, list(rows)) for title, rows in read_sheets("ods", data, ["Lists"])] == [("Shown", [(1, ["x"])])]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_of_any_program_is_read(mark, delimiter, end):
    data = mark + f"slug{delimiter}title_hi{end}{end}a{delimiter}दक्षिण{end}".encode()
    assert first("csv", data) == [(1, ["slug", "title_hi"]), (3, ["a", "दक्षिण"])]


def test_a_text_made_inert_in_a_csv_is_itself_again():
    assert texts("csv", b"slug\n'=1+1\n'tis\n") == [["slug"], ["=1+1"], ["'tis"]]


@pytest.mark.parametrize("data", [b"", b" , \n\n"])
def test_a_blank_csv_has_no_rows(data):
    assert first("csv", data) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("slug,नाम".encode("utf-16"), "UTF-8"),
        ("slug\n\u0939".encode()[:-1], "UTF-8"),
        (b'slug\n"never closed', "Line 2"),
        (b'slug\n"a"b', "Line 2"),
        (b"slug\n" + b"x" * 200_000, "Line 2"),
    ],
)
def test_a_broken_csv_is_refused(data, words):
    assert words in refusal("csv", data)


@pytest.mark.parametrize(
    ("name", "most", "data", "words"),
    [
        ("ROWS", 10, b"slug\n" + b"x\n" * 11, "more than 10 rows"),
        ("COLUMNS", 3, b"a,b,c,d", "more than 3 columns"),
        ("CHARACTERS", 10, b"slug,title,ab", "more than 10 characters"),
        ("CELL_CHARACTERS", 10, b"slug,acronyms in both", "more than 10 characters"),
        ("MEGABYTES", 0, b"slug", "larger than 0 MB"),
    ],
)
def test_limits_are_settings_and_named_where_they_are_met(settings, name, most, data, words):
    setattr(settings, f"SHEET_MAX_{name}", most)
    assert words in refusal("csv", data)


def test_as_many_rows_as_the_limit_stand_under_the_header(settings):
    settings.SHEET_MAX_ROWS = 10
    assert len(texts("csv", b"slug\n" + b"x\n" * 10)) == 11
