"""The same workbook back: what is wrong stands beside each refused row, all else is as it was."""

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from apps.spreadsheets.files.marking import Fault, errors_as_csv, mark
from apps.spreadsheets.files.marks import MARK_COLOUR
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.files.writing import OutColumn, OutSheet, write
from apps.spreadsheets.refusals import Refused

ENGLISH, HINDI = "What is wrong", "क्या ठीक नहीं"
ERRORS = {"": {
    3: [(2, "Title: “<b>&” is “wrong”."), (4, "Start: दिसंबर doesn't say the day.")],
    5: [(5, "Empty is needed."), (None, "_x0041_")],
    14: [(1, "No such record.")],
}}  # fmt: skip
OURS = f"FF{MARK_COLOUR}"
XLSX_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODS_START = "<office:document-content" + "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in [("office",) * 2, ("table",) * 2, ("text",) * 2, ("style",) * 2, ("fo", "xsl-fo-compatible")]
) + "><office:automatic-styles/><office:body><office:spreadsheet>"  # fmt: skip
ODS_END = "</office:spreadsheet></office:body></office:document-content>"


def by_openpyxl():
    """With all that an editor does to a sheet. LibreOffice saved this file as ``libreoffice.xlsx`` and ``.ods``."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Slug", "Title [English]", "Title [हिन्दी]", "Start", "Empty"])
    for number in range(2, 12):
        sheet.append([f"e{number}", f"Event {number}", "आयोजन", datetime.date(1964, 12, number)])
        sheet.cell(number, 4).number_format = "dd/mm/yyyy"
    sheet["B3"].fill, sheet["B3"].font = PatternFill("solid", fgColor="FFFFFF00"), Font(italic=True, color="FF0000FF")
    sheet["B4"].comment = Comment("look", "me")
    sheet["A14"] = "merged"
    sheet.merge_cells("A14:B14")
    sheet.conditional_formatting.add("D2:D12", CellIsRule(operator="lessThan", formula=["10"]))
    choices = DataValidation("list", formula1='"a,b"')
    choices.add("C2:C20")
    sheet.add_data_validation(choices)
    sheet.auto_filter.ref, sheet.freeze_panes, sheet.column_dimensions["B"].width = "A1:E12", "A2", 40
    book.create_sheet("Second").append(["Term"])
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_libreoffice(kind):
    return Path(__file__).with_name(f"libreoffice.{kind}").read_bytes()


def by_us(kind, rows):
    stream = io.BytesIO()
    columns = [OutColumn(heading, choices=("a", "b")) for heading in rows[0]]
    write(kind, [OutSheet("Events", columns, rows[1:])], stream)
    return stream.getvalue()


def table(kind, data, wanted=()):
    """``{title: {row: [text, …]}}``, without what stands right of the last text."""
    return {title: dict(rows) for title, rows in read_sheets(kind, data, wanted)}


def first(kind, data):
    return next(iter(table(kind, data).values()))


def apart(rows, heading=ENGLISH):
    """``rows`` without the error column, and ``{row: text}`` of it."""
    place = rows[min(rows)].index(heading)
    errors = {number: texts[place] for number, texts in rows.items() if len(texts) > place}
    left = {number: trimmed(texts[:place] + texts[place + 1 :]) for number, texts in rows.items()}
    return {number: texts for number, texts in left.items() if texts}, errors


def trimmed(texts):
    while texts and not texts[-1].strip():
        texts = texts[:-1]
    return texts


def marked_cells(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == OURS]


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def package(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def ods(body):
    return package(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS_START + body + ODS_END}
    )


def with_sheet(xml):
    """A workbook with this XML as its first sheet."""
    return package(members(by_openpyxl()) | {"xl/worksheets/sheet1.xml": xml})


MADE = {
    "openpyxl": ("xlsx", by_openpyxl),
    "LibreOffice's XLSX": ("xlsx", lambda: by_libreoffice("xlsx")),
    "LibreOffice's ODS": ("ods", lambda: by_libreoffice("ods")),
}


@pytest.fixture(params=MADE)
def made(request):
    kind, make = MADE[request.param]
    return kind, make()


def test_the_rows_are_as_they_were_and_the_errors_stand_beside_them(made):
    kind, data = made
    rows, errors = apart(first(kind, mark(kind, data, ERRORS, heading=ENGLISH)))
    assert rows == first(kind, data)
    assert errors == {
        1: ENGLISH,
        3: "Title: “<b>&” is “wrong”.\nStart: दिसंबर doesn't say the day.",
        5: "Empty is needed.\n_x0041_",
        14: "No such record.",
    }


def test_all_but_the_sheet_and_the_formats_stays_byte_for_byte(made):
    kind, data = made
    before, after = members(data), members(mark(kind, data, ERRORS, heading=ENGLISH))
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == ({"xl/worksheets/sheet1.xml", "xl/styles.xml"} if kind == "xlsx" else {"content.xml"})


@pytest.mark.parametrize("make", [by_openpyxl, lambda: by_libreoffice("xlsx")])
def test_wrong_cells_are_coloured_and_keep_their_own_format(make):
    data = mark("xlsx", make(), ERRORS, heading=ENGLISH)
    assert marked_cells(data) == ["B3", "D3", "E5", "A14"]
    before, after = (openpyxl.load_workbook(io.BytesIO(each)).active for each in (make(), data))
    assert repr(after["B3"].font) == repr(before["B3"].font)
    assert after["D3"].number_format == before["D3"].number_format
    assert (after["F1"].font.bold, after.column_dimensions["F"].width) == (True, 60)


@pytest.mark.parametrize("make", [by_openpyxl, lambda: by_libreoffice("xlsx")])
def test_filters_comments_drop_downs_and_merged_cells_stay(make):
    data = mark("xlsx", make(), ERRORS, heading=ENGLISH)
    before, after = (openpyxl.load_workbook(io.BytesIO(each)).active for each in (make(), data))
    for sheet in (before, after):
        assert (sheet.auto_filter.ref, str(sheet.merged_cells)) == ("A1:E12", "A14:B14")
        assert sheet["B4"].comment.text == "look"
        assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["C2:C20"]
        assert [str(each.sqref) for each in sheet.conditional_formatting] == ["D2:D12"]
    assert after.freeze_panes == before.freeze_panes


def test_the_next_round_replaces_the_errors_and_takes_the_old_marks_away(made):
    kind, data = made
    once = mark(kind, data, ERRORS, heading=ENGLISH)
    again = mark(kind, once, {"": {4: [(3, "नहीं")]}}, heading=HINDI, earlier=[ENGLISH])
    assert apart(first(kind, again), HINDI) == (first(kind, data), {1: HINDI, 4: "नहीं"})
    if kind == "xlsx":
        assert marked_cells(again) == ["C4"]


def test_without_errors_nothing_is_left_of_the_round_before(made):
    kind, data = made
    once = mark(kind, data, ERRORS, heading=ENGLISH)
    clean = mark(kind, once, {}, heading=HINDI, earlier=[ENGLISH])
    assert first(kind, clean) == first(kind, data)
    if kind == "xlsx":
        assert marked_cells(clean) == []
        # The editor's own colour too.
        assert openpyxl.load_workbook(io.BytesIO(clean)).active["B3"].fill.fgColor.rgb == "FFFFFF00"


def test_a_file_without_errors_comes_back_as_it_is(made):
    kind, data = made
    assert mark(kind, data, {}, heading=ENGLISH) == data


def test_an_error_column_that_the_editor_moved_is_found_where_it_is(made):
    kind, _data = made
    rows = [["Slug", HINDI, "Title"], ["a", "old", "A"], ["b", "", "B"]]
    data = mark(kind, by_us(kind, rows), {"": {3: [(3, "new")]}}, heading=ENGLISH, earlier=[HINDI])
    assert first(kind, data) == {1: ["Slug", ENGLISH, "Title"], 2: ["a", "", "A"], 3: ["b", "new", "B"]}


def test_other_sheets_are_marked_by_their_titles(made):
    kind, data = made
    errors = {"second": {1: [(1, "No")], 2: [(1, "Late")]}}
    main, second = table(kind, mark(kind, data, errors, heading=ENGLISH), ["second"]).values()
    assert main == first(kind, data)
    assert second == {1: ["Term", ENGLISH], 2: ["", "No\nLate"]}


def test_what_is_wrong_with_the_header_stands_below_the_name_of_the_column(made):
    kind, data = made
    errors = {"": {1: [(1, "No such column.")], 2: [(1, "Nor this.")]}}
    assert apart(first(kind, mark(kind, data, errors, heading=ENGLISH)))[1] == {
        1: ENGLISH,
        2: "No such column.\nNor this.",
    }


AWKWARD = st.text(st.sampled_from("aक=\n'\";,_x0041 <&"), max_size=8)


@given(
    kind=st.sampled_from(["xlsx", "ods", "csv"]),
    texts=st.lists(
        st.tuples(*[st.text(st.sampled_from("aक=\n'\";,_x0041 <&"), max_size=8)] * 2), min_size=1, max_size=5
    ),
    wrong=st.sets(st.tuples(st.integers(2, 7), st.integers(1, 4)), max_size=5),
)
@examples(max_examples=12)
def test_no_text_is_changed_by_the_errors_beside_it(kind, texts, wrong):
    rows = [["Slug", "A", "B"], *([f"r{number}", *row] for number, row in enumerate(texts))]
    data = by_us(kind, rows)
    errors = {"": {}}
    for row, column in wrong:
        errors[""].setdefault(row, []).append((column, "=1+1"))
    marked = first(kind, mark(kind, data, errors, heading=ENGLISH))
    if not wrong:
        assert marked == first(kind, data)
    else:
        texts, said = apart(marked)
        assert ended(texts) == ended(first(kind, data))
        assert said == {1: ENGLISH} | dict.fromkeys(errors[""], "=1+1")


def ended(table):
    """Without the blank cells at a row's end: reading leaves them out, unless a sentence stands behind them."""
    for cells in table.values():
        while cells and not cells[-1].strip():
            cells.pop()
    return {number: cells for number, cells in table.items() if cells}


def test_prefixed_names_cells_without_places_and_rows_that_are_not_there():
    xml = (
        f'<x:worksheet xmlns:x="{XLSX_MAIN}"><x:dimension ref="A1:B3"/><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>Slug</x:t></x:is></x:c><x:c t="str"><x:v>Title</x:v></x:c></x:row>'
        '<x:row spans="1:2"><x:c t="str"><x:v>a</x:v></x:c></x:row><x:row/><x:row r="5"><x:c r="B5"><x:v>7</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    errors = {"": {row: [(1, f"In {row}.")] for row in (2, 3, 4, 5, 6)}}
    data = mark("xlsx", with_sheet(xml), errors, heading=ENGLISH)
    assert first("xlsx", data) == {
        1: ["Slug", "Title", ENGLISH], 2: ["a", "", "In 2."], 3: ["", "", "In 3."], 4: ["", "", "In 4."],
        5: ["", "7", "In 5."], 6: ["", "", "In 6."],
    }  # fmt: skip
    assert marked_cells(data) == ["A2", "A3", "A4", "A5", "A6"]
    assert openpyxl.load_workbook(io.BytesIO(data)).active.max_column == 3


def test_repeated_rows_and_cells_are_split_where_an_error_falls_into_them():
    data = ods(
        '<table:table table:name="One"><table:table-column table:number-columns-repeated="3"/><table:table-row>'
        "<table:table-cell><text:p>Slug</text:p></table:table-cell><table:table-cell><text:p>A</text:p></table:table-cell>"
        '</table:table-row><table:table-row table:number-rows-repeated="4"><table:table-cell '
        'table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table>"
    )
    errors = {"": {3: [(2, "Third.")], 8: [(1, "Eighth.")]}}
    marked = mark("ods", data, errors, heading=ENGLISH)
    assert first("ods", marked) == {
        1: ["Slug", "A", ENGLISH], 2: ["x", "x"], 3: ["x", "x", "Third."], 4: ["x", "x"], 5: ["x", "x"],
        8: ["", "", "Eighth."],
    }  # fmt: skip
    assert first("ods", mark("ods", marked, {}, heading=ENGLISH)) == first("ods", data)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a,b\r\n1,2\r\n", f"a,b,{ENGLISH}\r\n1,2,'=No\r\n"),
        ('\ufeffa;b\n"x;""y";2', f'\ufeffa;b;{ENGLISH}\n"x;""y";2;\'=No'),
        ("a\tb\n1\t2\n\n3\n", f"a\tb\t{ENGLISH}\n1\t2\t'=No\n\n3\n"),
        (f'a,{ENGLISH},b\n1,"old\n",2\n3,older,4\n', f"a,{ENGLISH},b\n1,'=No,2\n3,,4\n"),
    ],
)
def test_a_csv_file_keeps_its_delimiters_quotes_line_ends_and_byte_order_mark(before, after):
    assert mark("csv", before.encode(), {"": {2: [(1, "=No")]}}, heading=ENGLISH).decode() == after


def test_a_sheet_that_is_full_to_the_right_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1"] = "Slug"
    with pytest.raises(Refused, match="free column"):
        mark("xlsx", saved(book), ERRORS, heading=ENGLISH)


TABLE = '<table:table table:name="One">'
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "no zip": ("xlsx", lambda: b"%PDF-1.7"),
    "another zip": ("ods", lambda: package({"a": "b"})),
    "entities in a sheet": ("xlsx", lambda: with_sheet(f"{ENTITIES}<worksheet>&b;</worksheet>")),
    "entities in an ODS": ("ods", lambda: package({"content.xml": f"{ENTITIES}<a>&b;</a>"})),
    "no sheet": ("xlsx", lambda: with_sheet("<html/>")),
    "a cell in a cell": (
        "xlsx",
        lambda: with_sheet(f'<worksheet xmlns="{XLSX_MAIN}"><sheetData><row><c><c/></c></row></sheetData></worksheet>'),
    ),
    "too many members": ("xlsx", lambda: package(members(by_openpyxl()) | dict.fromkeys(map(str, range(1000)), ""))),
    "millions of empty rows": ("ods", lambda: ods(TABLE + "<table:table-row/>" * 3_100_001)),
    "rows repeated backwards": (
        "ods",
        lambda: ods(f'{TABLE}<table:table-row table:number-rows-repeated="-2"/></table:table>'),
    ),
    "a CSV of commas": ("csv", lambda: b"," * 3_000_001),
    "a CSV of line ends": ("csv", lambda: b"\n" * 3_000_001),
    "a bomb": ("xlsx", lambda: with_sheet(b" " * 2_000_000)),
    "Hindi as rubbish": ("csv", lambda: "कक्षा".encode("utf-16")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_marked_is_refused_with_a_way_out(name, settings):
    settings.SHEET_MAX_UNPACKED_MEGABYTES = 1
    kind, make = HOSTILE[name]
    with pytest.raises(Refused, match="list of errors as CSV"):
        mark(kind, make(), ERRORS, heading=ENGLISH)


def test_marking_that_needs_too_much_memory_is_refused_with_a_way_out(settings):
    settings.SHEET_MAX_MEMORY_MEGABYTES = 1
    with pytest.raises(Refused, match="too large to be marked"):
        mark("csv", b"slug\na\n", ERRORS, heading=ENGLISH)


def test_a_file_that_would_come_back_much_larger_is_refused_with_a_way_out(settings):
    settings.SHEET_MAX_MEGABYTES = 1
    with pytest.raises(Refused, match="too large to be marked"):
        mark("csv", b"slug\n" + b"a\n" * 1_100_000, {"": {3: [(1, "No")]}}, heading=ENGLISH)


def test_the_list_of_errors_names_cells_as_programs_do_and_runs_nowhere():
    faults = [
        Fault("", 2, None, "Whole row.", name="Bandung"),
        Fault("Sections", 3, 28, "=1+1", heading="@State", name="-Lusaka", text="=2+2"),
    ]
    file = io.BytesIO()
    errors_as_csv(faults, file, heading=ENGLISH)
    assert file.getvalue().decode("utf-8-sig").splitlines() == [
        f"Sheet,Row,Column,Name of the column,Record,What stands there,{ENGLISH}",
        ",2,,,Bandung,,Whole row.",
        "Sections,3,AB,'@State,'-Lusaka,'=2+2,'=1+1",
    ]
