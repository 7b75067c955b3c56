"""Tables of texts as an Excel workbook (ECMA-376), written as XML text in batches of rows.

Every text is formatted as text ("@"), also in the cells still empty, so that Excel turns neither ``=1+1`` nor
``1964-12`` into something else when somebody edits it.
"""

import re

from apps.spreadsheets.files import xlsx_parts
from apps.spreadsheets.files.cells import GAP, batches, day_number, is_number, moment_number
from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.inert import PREFIX, looks_like_formula
from apps.spreadsheets.files.package import escaped, package, part
from apps.spreadsheets.files.xlsx_parts import style

LONGEST = 32_767
# Excel reads _x0041_ in a text as A; a carriage return becomes _x000D_.
# Points; Excel has no row that is higher than 409.
LINE, MOST_LINES = 16.5, 24
_HEIGHTS = [f' ht="{LINE * lines}"' for lines in range(MOST_LINES + 1)]
READ_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}[_\r])")


def write(sheets, lists, file):
    """``sheets`` with legal titles; the one with the drop-down ``lists``, if any, is the last."""
    with package(file) as book:
        xlsx_parts.write_types(book, sheets)
        last_rows = []
        for number, sheet in enumerate(sheets, start=1):
            with book.open(part(f"xl/worksheets/sheet{number}.xml"), "w") as stream:
                stream.write(xlsx_parts.sheet_start(sheet, first=number == 1).encode())
                last_rows.append(_write_rows(sheet, stream))
                stream.write(xlsx_parts.sheet_end(sheet, last_rows[-1], lists, sheets[-1].title).encode())
        xlsx_parts.write_rest(book, sheets, last_rows)


def _write_rows(sheet, stream):
    """The number of the last row."""
    head, below, widths = _header_cells(sheet), _cells(sheet), [column.width for column in sheet.columns]
    last = 0
    for batch in batches(sheet.columns, sheet.rows, longest=LONGEST):
        stream.write(_rows(batch, last + 1, below if last else head, widths).encode())
        last += len(batch.rows)
    return last


def _rows(batch, first, cells, widths):
    safe_texts = iter(_escaped(batch.joined).split(GAP))
    parts = []
    for number, row in enumerate(batch.rows, start=first):
        lines = _lines(row, widths)
        parts.append(f'<row r="{number}"{_HEIGHTS[lines]}>' if lines > 1 else f'<row r="{number}">')
        # The safe texts last: zip takes one too many of what stands before the end.
        parts += [cell(number, text, safe) for cell, text, safe in zip(cells, row, safe_texts, strict=False) if text]
        parts.append("</row>")
    return "".join(parts)


def _lines(row, widths):
    """About how many lines the longest text of a row takes.

    Excel would see for itself; LibreOffice takes a row that says nothing for one line high, and its texts lie over
    each other.
    """
    lines = 1
    for text, width in zip(row, widths, strict=True):
        if len(text) > width or "\n" in text:
            # Two letters' room is lost where words don't break.
            needed = sum(1 + len(line) // max(width - 2, 1) for line in text.split("\n"))
            lines = max(lines, needed)
    return min(lines, MOST_LINES)


def _escaped(joined):
    if "_x" in joined:
        joined = READ_AS_ESCAPE.sub("_x005F_", joined)
    return escaped(joined).replace("\r", "_x000D_")


# A cell's XML is asked for a hundred thousand times: what is the same in a whole column is put together once.


def _header_cells(sheet):
    cells = []
    for number, column in enumerate(sheet.columns, start=1):
        chosen = style("head", sheet.protected and column.writable)
        cells.append(_text_cell(letters_of(number), chosen, chosen))
    return cells


def _cells(sheet):
    kinds = {"date": _day_cell, "moment": _moment_cell, "number": _number_cell}
    cells = []
    for number, column in enumerate(sheet.columns, start=1):
        letter, unlocked = letters_of(number), sheet.protected and column.writable
        plain = style("strong" if column.strong else "text", unlocked)
        cell = _text_cell(letter, plain, style("quoted", unlocked))
        cells.append(kinds[column.kind](letter, unlocked, cell) if column.kind in kinds else cell)
    return cells


def _text_cell(letter, plain, with_prefix):
    start = f'<c r="{letter}'

    def cell(number, text, safe):
        # As if it had been typed after an apostrophe: editing it makes no formula of it and takes no apostrophe off.
        chosen = with_prefix if text[0] == PREFIX or looks_like_formula(text) else plain
        return f'{start}{number}" s="{chosen}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'

    return cell


def _day_cell(letter, unlocked, text_cell):
    chosen = style("day", unlocked)

    def cell(number, text, safe):
        days = day_number(text)
        if days is None:
            return text_cell(number, text, safe)
        return f'<c r="{letter}{number}" s="{chosen}"><v>{days}</v></c>'

    return cell


def _moment_cell(letter, unlocked, text_cell):
    minute, second = style("minute", unlocked), style("second", unlocked)

    def cell(number, text, safe):
        days = moment_number(text)
        if days is None:
            return text_cell(number, text, safe)
        return f'<c r="{letter}{number}" s="{second if text[16:] else minute}"><v>{days!r}</v></c>'

    return cell


def _number_cell(letter, unlocked, text_cell):
    chosen = style("number", unlocked)

    def cell(number, text, safe):
        if not is_number(text):
            return text_cell(number, text, safe)
        return f'<c r="{letter}{number}" s="{chosen}"><v>{text}</v></c>'

    return cell
