"""Tables of texts as an OpenDocument spreadsheet, written as XML text in batches of rows.

As in the Excel workbook, a text is formatted as text, also in the cells still empty. A column's style says so, and
its cells say nothing but what differs.
"""

import re

from apps.spreadsheets.files import ods_content, ods_parts
from apps.spreadsheets.files.cells import GAP, batches, day_number, is_number, moment_number
from apps.spreadsheets.files.lists import LAST_ROW
from apps.spreadsheets.files.ods_content import style
from apps.spreadsheets.files.package import escaped, package, part

# OpenDocument folds blanks as HTML does.
FOLDED = re.compile(r"(?<![^\n\0]) +| {2,}| +(?![^\n\0])")
SIGNS_OF_FOLDED = ("  ", "\n ", " \n", f"{GAP} ", f" {GAP}")


def write(sheets, lists, file):
    """``sheets`` with legal titles; the one with the drop-down ``lists``, if any, is the last."""
    with package(file) as book:
        ods_parts.write_first(book, sheets)
        with book.open(part("content.xml"), "w") as stream:
            stream.write(ods_content.content_start(sheets, lists).encode())
            last_rows = [_write_table(number, sheet, stream) for number, sheet in enumerate(sheets)]
            stream.write(ods_content.content_end(sheets, last_rows).encode())


def _write_table(place, sheet, stream):
    """The number of the last row."""
    stream.write(ods_content.table_start(place, sheet).encode())
    head, below = _header_cells(sheet), _cells(place, sheet)
    last = 0
    for batch in batches(sheet.columns, sheet.rows):
        rows = _rows(batch, below if last else head)
        # On every printed page.
        rows = rows if last else f"<table:table-header-rows>{rows}</table:table-header-rows>"
        stream.write(rows.encode())
        last += len(batch.rows)
    if last < LAST_ROW and any(column.choices for column in sheet.columns):
        empty = "".join(cell("", "") for cell in below)
        repeated = f' table:number-rows-repeated="{LAST_ROW - last}"'
        stream.write(f"<table:table-row{repeated}>{empty}</table:table-row>".encode())
    stream.write(b"</table:table>")
    return last


def _rows(batch, cells):
    safe_texts = iter(_escaped(batch.joined).split(GAP))
    parts = []
    for row in batch.rows:
        parts.append("<table:table-row>")
        parts += [cell(text, safe) for cell, text, safe in zip(cells, row, safe_texts, strict=False)]
        parts.append("</table:table-row>")
    return "".join(parts)


def _escaped(joined):
    """A line is a paragraph.

    A tab stands as it is: LibreOffice 7.4 reads it and loses ``<text:tab/>``, which it writes itself. A carriage return
    too, for us to read; a spreadsheet program may take it for a line's end.
    """
    safe = escaped(joined)
    if any(sign in f"{GAP}{safe}{GAP}" for sign in SIGNS_OF_FOLDED):
        safe = FOLDED.sub(lambda blanks: f'<text:s text:c="{len(blanks.group())}"/>', safe)
    return safe.replace("\r", "&#13;").replace("\t", "&#9;").replace("\n", "</text:p><text:p>")


def _header_cells(sheet):
    styles = [style("head", sheet.protected and column.writable) for column in sheet.columns]
    return [_text_cell(f' table:style-name="{each}"') for each in styles]


def _cells(place, sheet):
    kinds = {"date": _day_cell, "moment": _moment_cell, "number": _number_cell}
    cells = []
    for number, column in enumerate(sheet.columns):
        offer = f' table:content-validation-name="{ods_content.validation(place, number)}"' if column.choices else ""
        unlocked = sheet.protected and column.writable
        # The style of a number column's cells is the number's.
        plain = f' table:style-name="{style("text", unlocked)}"' if column.kind == "number" else ""
        cell = _text_cell(offer + plain, empty=offer)
        cells.append(kinds[column.kind](offer, unlocked, cell) if column.kind in kinds else cell)
    return cells


def _text_cell(attributes, empty=""):
    nothing = f"<table:table-cell{empty}/>"
    start = f'<table:table-cell{attributes} office:value-type="string"><text:p>'

    def cell(text, safe):
        return f"{start}{safe}</text:p></table:table-cell>" if text else nothing

    return cell


def _day_cell(offer, unlocked, text_cell):
    start = f'<table:table-cell{offer} table:style-name="{style("day", unlocked)}" office:value-type="date"'

    def cell(text, safe):
        if day_number(text) is None:
            return text_cell(text, safe)
        return f'{start} office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'

    return cell


def _moment_cell(offer, unlocked, text_cell):
    starts = [
        f'<table:table-cell{offer} table:style-name="{style(name, unlocked)}" office:value-type="date"'
        for name in ("minute", "second")
    ]

    def cell(text, safe):
        if moment_number(text) is None:
            return text_cell(text, safe)
        value = text.replace(" ", "T") + ("" if text[16:] else ":00")
        return f'{starts[bool(text[16:])]} office:date-value="{value}"><text:p>{text}</text:p></table:table-cell>'

    return cell


def _number_cell(offer, unlocked, text_cell):
    start = f'<table:table-cell{offer} table:style-name="{style("number", unlocked)}" office:value-type="float"'

    def cell(text, safe):
        if not is_number(text):
            return text_cell(text, safe)
        return f'{start} office:value="{text}"><text:p>{text}</text:p></table:table-cell>'

    return cell
