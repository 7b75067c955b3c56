"""One sheet of an OpenDocument workbook: the bytes to replace so that it shows its errors.

A row or a cell may stand for many alike ("repeated"): it is split where an error falls into it.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from apps.spreadsheets.files.marks.wanted import MOST_COLUMNS, Unmarkable
from apps.spreadsheets.files.marks.xml_edits import as_bytes, element, end_of, opened, tag_at, texts, with_attributes


@dataclass(slots=True)
class Cell:
    """Also a column: ``column`` and the ``count - 1`` right of it."""

    column: int
    count: int
    start: int
    style: str
    closing: int = 0
    filled: bool = False


@dataclass(slots=True)
class Row:
    number: int
    count: int
    start: int
    style: str
    closing: int = 0
    cells: list = field(default_factory=list)


def repeated(attributes, name):
    count = int(attributes.get(name, 1))
    if count < 1:
        raise Unmarkable("structure")
    return count


class Table:
    """Fed by :class:`ods.Content` with what stands in the sheet, in its order."""

    def __init__(self, source, names, wanted, styles):
        self.source, self.names, self.wanted, self.styles = source, names, wanted, styles
        table, text = names["table"], names["text"]
        self.columns_repeated = f"{table}number-columns-repeated"
        self.rows_repeated = f"{table}number-rows-repeated"
        self.style_name, self.default_style = f"{table}style-name", f"{table}default-cell-style-name"
        self.spanned, self.paragraph = f"{table}number-columns-spanned", f"{text}p"
        self.columns, self.rows = [], []
        self.next_row, self.place = 1, None

    def start_column(self, attributes, position):
        first = self.columns[-1].column + self.columns[-1].count if self.columns else 1
        count = repeated(attributes, self.columns_repeated)
        self.columns.append(Cell(first, count, position, attributes.get(self.default_style, "")))

    def end_column(self, position):
        self.columns[-1].closing = position

    def start_row(self, attributes, position):
        count = repeated(attributes, self.rows_repeated)
        self.place = self.place or position
        self.row = Row(self.next_row, count, position, attributes.get(self.default_style, ""))
        self.next_row += count
        self.next_column = 1

    def start_cell(self, attributes, position, *, covered):
        count = repeated(attributes, self.columns_repeated)
        self.cell = Cell(self.next_column, count, position, attributes.get(self.style_name, ""), 0, covered)
        self.next_column += count
        if self.spanned in attributes:
            self.wanted.last = max(self.wanted.last, self.cell.column + int(attributes[self.spanned]) - 1)

    def end_cell(self, position):
        self.cell.closing = position
        self.row.cells.append(self.cell)
        if self.cell.filled and self.next_column - 1 > self.wanted.last:
            self.wanted.last = self.next_column - 1

    def end_row(self, position):
        row, wanted = self.row, self.wanted
        row.closing = position
        if wanted.header is None:
            wanted.see_header(row.number, self._texts(row))
        if self._affected(row) or self._has_marks(row):
            self.rows.append(row)

    def _affected(self, row):
        """The numbers of the row's rows in which something is to be written or marked."""
        if row.count == 1:
            return [row.number] if row.number in self.wanted.texts or row.number in self.wanted.wrong else []
        rows = self.wanted.rows
        return rows[bisect_left(rows, row.number) : bisect_right(rows, row.number + row.count - 1)]

    def _has_marks(self, row):
        ours, old = self.styles.ours, self.wanted.old
        return (ours or old) and any(
            cell.style in ours or (cell.filled and any(cell.column <= each < cell.column + cell.count for each in old))
            for cell in row.cells
        )

    def _texts(self, row):
        comment = {f"{self.names['office']}annotation"}
        found = {}
        for cell in row.cells:
            if cell.filled:
                xml = element(self.source, cell.start, cell.closing)
                text = "\n".join(texts(xml, {self.paragraph}, comment))
                found |= dict.fromkeys(range(cell.column, min(cell.column + cell.count, MOST_COLUMNS)), text)
        return found

    def edits(self, end):
        """``[(start, end, bytes), …]``; ``end``: where the table closes."""
        edits = []
        for row in self.rows:
            xml = element(self.source, row.start, row.closing)
            edits.append((row.start, row.start + len(xml), b"".join(self._split(row, xml))))
        if missing := [number for number in self.wanted.rows if number >= self.next_row]:
            edits.append((end, end, b"".join(self._new_rows(missing))))
        return edits + self._column_edits(self.wanted.column if edits and self.wanted.texts else None)

    def _column_edits(self, ours):
        """Columns whose cells were mostly marked, which a program then saved as marked; and a wide column ``ours``."""
        stained = [
            (each.start, end_of(self.source, each.start, each.closing), self._column(each))
            for each in self.columns
            if each.style in self.styles.ours and not (ours and each.column <= ours < each.column + each.count)
        ]
        return stained + ([self._width_edit(ours)] if ours else [])

    def _column(self, column):
        xml = element(self.source, column.start, column.closing)
        if column.style not in self.styles.ours:
            return xml
        return with_attributes(xml, {self.default_style: self.styles.plain(column.style) or None})

    def _split(self, row, xml):
        """The row as rows, each repeated as often as it stays the same."""
        done = row.number
        for number in self._affected(row):
            yield self._row(row, xml, done, number - done)
            yield self._row(row, xml, number, 1)
            done = number + 1
        yield self._row(row, xml, done, row.number + row.count - done)

    def _row(self, row, xml, number, count):
        if not count:
            return b""
        tag = tag_at(xml, 0)
        fresh = with_attributes(tag, {self.rows_repeated: count if count > 1 else None})
        return opened(fresh) + self._cells(row, number) + f"</{self.names['table']}table-row>".encode()

    def _cells(self, row, number):
        """What stands in the row with this number: its bytes, with what changes put in their place."""
        contents, marks = self.wanted.contents(number), self.wanted.marks(number)
        changing, pieces = sorted(contents.keys() | marks), []
        position = row.start + len(tag_at(self.source, row.start))
        for cell in row.cells:
            pieces.append(self.source[position : cell.start])
            xml = element(self.source, cell.start, cell.closing)
            position = cell.start + len(xml)
            if cell.style in self.styles.ours:
                xml = self._styled(xml, self.styles.plain(cell.style))
            within = [column for column in changing if cell.column <= column < cell.column + cell.count]
            pieces.append(self._part(row, cell, xml, within, number) if within else xml)
        pieces.append(self.source[position : row.closing] if row.closing > position else b"")
        return b"".join(pieces) + self._beyond(row, [c for c in changing if c >= self._width(row)], number)

    def _width(self, row):
        return row.cells[-1].column + row.cells[-1].count if row.cells else 1

    def _part(self, row, cell, xml, columns, number):
        """A cell, or many alike, of which ``columns`` change."""
        pieces, done = [], cell.column
        for column in columns:
            pieces += [self._repeated(xml, column - done), self._changed(row, xml, cell.style, column, number)]
            done = column + 1
        pieces.append(self._repeated(xml, cell.column + cell.count - done))
        return b"".join(pieces)

    def _repeated(self, xml, count):
        return with_attributes(xml, {self.columns_repeated: count if count > 1 else None}) if count else b""

    def _changed(self, row, xml, own_style, column, number):
        text = self.wanted.contents(number).get(column)
        if text is not None:
            return self._text_cell(text, number)
        style = own_style or row.style or self._column_style(column)
        return self._styled(self._repeated(xml, 1), self.styles.marked(self.styles.plain(style)))

    def _column_style(self, column):
        return next((each.style for each in self.columns if each.column <= column < each.column + each.count), "")

    def _styled(self, xml, style):
        return with_attributes(xml, {self.style_name: style or None})

    def _blank(self):
        return f"<{self.names['table']}table-cell/>".encode()

    def _beyond(self, row, columns, number):
        """Cells right of all that the row has."""
        pieces, done, blank = [], self._width(row), self._blank()
        for column in columns:
            pieces += [self._repeated(blank, column - done), self._changed(row, blank, "", column, number)]
            done = column + 1
        return b"".join(pieces)

    def _text_cell(self, text, number):
        if not text:
            return self._blank()
        style = self.styles.header() if number == self.wanted.header else self.styles.message()
        lines = b"".join(
            b"<%s>%s</%s>" % (self.paragraph.encode(), as_bytes(line), self.paragraph.encode())
            for line in text.split("\n")
        )
        table, office = self.names["table"], self.names["office"]
        tag = f'<{table}table-cell {self.style_name}="{style}" {office}value-type="string">'
        return tag.encode() + lines + f"</{table}table-cell>".encode()

    def _new_rows(self, numbers):
        done = self.next_row
        name = f"{self.names['table']}table-row".encode()
        blank = b"<" + name + b">" + self._blank() + b"</" + name + b">"
        for number in numbers:
            if number > done:
                yield with_attributes(blank, {self.rows_repeated: number - done})
            row = Row(number, 1, 0, "")
            contents, marks = self.wanted.contents(number), self.wanted.marks(number)
            yield b"<" + name + b">" + self._beyond(row, sorted(contents.keys() | marks), number) + b"</" + name + b">"
            done = number + 1

    def _width_edit(self, column):
        name = f"{self.names['table']}table-column"
        ours = {self.style_name: self.styles.wide(), self.default_style: None}
        for each in self.columns:
            if each.column <= column < each.column + each.count:
                end, xml = end_of(self.source, each.start, each.closing), self._column(each)
                left, right = column - each.column, each.column + each.count - column - 1
                parts = [self._repeated(xml, left), with_attributes(self._repeated(xml, 1), ours)]
                return each.start, end, b"".join([*parts, self._repeated(xml, right)])
        blank = f"<{name}/>".encode()
        if self.columns:
            last = self.columns[-1]
            place = last.start + len(element(self.source, last.start, last.closing))
            gap = self._repeated(blank, column - last.column - last.count)
        else:
            place, gap = self.place, self._repeated(blank, column - 1)
        if place is None:
            raise Unmarkable("structure")
        return place, place, gap + with_attributes(blank, ours)
