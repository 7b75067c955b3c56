"""One sheet of an Excel workbook: the bytes to replace so that it shows its errors."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.marks import xlsx_columns
from apps.spreadsheets.files.marks.wanted import Unmarkable
from apps.spreadsheets.files.marks.xml_edits import (
    as_bytes,
    element,
    end_of,
    opened,
    scan,
    tag_at,
    texts,
    with_attributes,
)

MAIN = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
# Excel reads _x0041_ in a text as A.
READ_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# In points.
LINE_HEIGHT, MOST_HEIGHT = 15, 409
BY_HAND = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true)""")


@dataclass(slots=True)
class Cell:
    column: int
    start: int
    closing: int
    style: int
    kind: str
    filled: bool = False


@dataclass(slots=True)
class Row:
    number: int
    start: int
    style: int | None
    closing: int = 0
    cells: list = field(default_factory=list)


class Sheet:
    """``source``: the sheet's XML. ``shared``: gives ``{number: text}`` of the shared texts with such numbers."""

    def __init__(self, source, wanted, styles, shared):
        self.source, self.wanted, self.styles, self.shared = source, wanted, styles, shared
        self.row = self.cell = None
        self.number, self.rows, self.places = 0, [], []
        self.columns = xlsx_columns.Columns(source)
        self.starts = {}
        scan(source, self._start, self._end)
        if not self.starts or self.data is None:
            raise Unmarkable("structure")

    def _start(self, name, attributes, position):
        if not self.starts:
            self._learn_names(name, attributes)
        elif handler := self.starts.get(name):
            handler(attributes, position)

    def _end(self, name, position):
        if handler := self.ends.get(name):
            handler(position)

    def _learn_names(self, root, attributes):
        prefix = self.prefix = root.removesuffix("worksheet")
        if attributes.get("xmlns:" + prefix[:-1] if prefix else "xmlns") not in MAIN:
            raise Unmarkable("structure")
        self.data = None
        handlers = {
            "row": (self._start_row, self._end_row),
            "c": (self._start_cell, self._end_cell),
            "v": (self._fill, None),
            "is": (self._fill, None),
            "f": (self._fill, None),
            "sheetData": (self._start_data, self._end_data),
            "mergeCell": (self._merged, None),
            "dimension": (self.columns.see_dimension, None),
            "cols": (self.columns.see_list, None),
            "col": (self.columns.see, self.columns.see_end),
        }
        self.starts = {prefix + name: start for name, (start, _end) in handlers.items()}
        self.ends = {prefix + name: end for name, (_start, end) in handlers.items() if end}

    def _start_data(self, _attributes, position):
        self.data = (position, position)

    def _end_data(self, position):
        self.data = (self.data[0], position)

    def _start_row(self, attributes, position):
        if self.row or not self.data:
            raise Unmarkable("structure")
        self.number = int(attributes.get("r", self.number + 1))
        styled = attributes.get("customFormat") in {"1", "true"}
        self.row = Row(self.number, position, int(attributes.get("s", 0)) if styled else None)
        self.places.append((self.number, position))
        self.column = 0

    def _start_cell(self, attributes, position):
        if not self.row or self.cell:
            raise Unmarkable("structure")
        place = attributes.get("r")
        self.column = xlsx_columns.number_of(place) if place else self.column + 1
        self.cell = Cell(self.column, position, 0, int(attributes.get("s", 0)), attributes.get("t", "n"))

    def _fill(self, _attributes, _position):
        if self.cell:
            self.cell.filled = True

    def _end_cell(self, position):
        cell, self.cell = self.cell, None
        cell.closing = position
        self.row.cells.append(cell)
        if cell.filled and cell.column > self.wanted.last:
            self.wanted.last = cell.column

    def _end_row(self, position):
        row, self.row, wanted = self.row, None, self.wanted
        row.closing = position
        if wanted.header is None:
            wanted.see_header(row.number, self._texts(row))
        if row.number in wanted.texts or row.number in wanted.wrong or self._has_marks(row):
            self.rows.append(row)

    def _has_marks(self, row):
        ours, old = self.styles.ours, self.wanted.old
        return (ours or old) and any(cell.style in ours or cell.column in old for cell in row.cells)

    def _merged(self, attributes, _position):
        corner = attributes.get("ref", "A1").rpartition(":")[2]
        self.wanted.last = max(self.wanted.last, xlsx_columns.number_of(corner))

    def _texts(self, row):
        names = {self.prefix + "v", self.prefix + "t"}
        found = {
            cell.column: (cell.kind, "".join(texts(self._bytes(cell), names, {self.prefix + "rPh", self.prefix + "f"})))
            for cell in row.cells
            if cell.filled
        }
        shared = self.shared({int(text) for kind, text in found.values() if kind == "s" and text})
        return {
            column: shared.get(int(text), "") if kind == "s" and text else text
            for column, (kind, text) in found.items()
        }

    def _bytes(self, cell):
        return element(self.source, cell.start, cell.closing)

    def edits(self):
        """``[(start, end, bytes), …]``; none where the sheet has neither errors nor marks of an earlier round."""
        edits = [edit for row in self.rows for edit in self._row_edits(row)] + list(self._new_rows())
        ours = self.wanted.column if edits and self.wanted.texts else None
        return edits + self.columns.edits(self.prefix, self.styles, ours, self.data[0])

    def _row_edits(self, row):
        contents, marks, cells = self.wanted.contents(row.number), self.wanted.marks(row.number), {}
        for cell in row.cells:
            cells.setdefault(cell.column, cell)
        edits = [self._tag_edit(row)] if contents or marks else []
        marked = {cell.column for cell in row.cells if cell.style in self.styles.ours}
        for column in sorted(contents.keys() | marks | marked):
            cell, text = cells.get(column), contents.get(column)
            edits.append((*self._span(row, cell, column), self._cell(row, cell, column, text, column in marks)))
        tag = tag_at(self.source, row.start)
        if edits and tag.endswith(b"/>"):
            edits.append((row.start + len(tag), row.start + len(tag), b"</" + self.prefix.encode() + b"row>"))
        return edits

    def _tag_edit(self, row):
        """Opens the row. ``spans`` would no longer fit; a height that nobody set by hand is made to."""
        tag = tag_at(self.source, row.start)
        changes = {"spans": None}
        height = re.search(rb"""\sht\s*=\s*["']([0-9.]+)""", tag)
        if height and not BY_HAND.search(tag):
            lines = xlsx_columns.lines_of(self.wanted.texts.get(row.number, ""))
            changes["ht"] = max(float(height[1]), min(LINE_HEIGHT * lines, MOST_HEIGHT))
        return row.start, row.start + len(tag), opened(with_attributes(tag, changes))

    def _span(self, row, cell, column):
        if cell:
            return cell.start, end_of(self.source, cell.start, cell.closing)
        tag = tag_at(self.source, row.start)
        end = row.start + len(tag) if tag.endswith(b"/>") else row.closing
        place = min((each.start for each in row.cells if each.column > column), default=end)
        return place, place

    def _cell(self, row, cell, column, text, wrong):
        place = f"{letters_of(column)}{row.number}"
        if text:
            style = self.styles.header() if row.number == self.wanted.header else self.styles.message()
            return self._text_cell(place, style, text)
        if text == "":
            return b""
        if cell is None:
            style = row.style if row.style is not None else self.columns.style(column)
            return b'<%sc r="%s" s="%d"/>' % (self.prefix.encode(), place.encode(), self.styles.marked(style))
        style = self.styles.plain(cell.style)
        return with_attributes(self._bytes(cell), {"s": self.styles.marked(style) if wrong else style})

    def _text_cell(self, place, style, text):
        return (
            ('<{0}c r="{1}" s="{2}" t="inlineStr"><{0}is><{0}t xml:space="preserve">{3}</{0}t></{0}is></{0}c>')
            .format(self.prefix, place, style, as_bytes(READ_AS_ESCAPE.sub("_x005F_", text)).decode())
            .encode()
        )

    def _new_rows(self):
        """Rows that the sheet lacks, each before the first that comes after it."""
        numbers = {number for number, _start in self.places}
        places = sorted(self.places)
        for number in self.wanted.rows:
            if number in numbers:
                continue
            if tag_at(self.source, self.data[0]).endswith(b"/>"):
                raise Unmarkable("structure")
            after = bisect_left(places, (number, 0))
            place = places[after][1] if after < len(places) else self.data[1]
            row = Row(number, place, None)
            contents, marks = self.wanted.contents(number), self.wanted.marks(number)
            cells = b"".join(
                self._cell(row, None, column, contents.get(column), column in marks)
                for column in sorted(contents.keys() | marks)
            )
            name = self.prefix.encode() + b"row"
            yield place, place, b'<%s r="%d">%s</%s>' % (name, number, cells, name)
