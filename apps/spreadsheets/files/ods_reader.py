"""The rows of an ODS workbook's sheets (OpenDocument 1.3 part 3, 9 and 19), as they are unpacked."""

from apps.spreadsheets.files.archive import Archive
from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.date_styles import DateStyles
from apps.spreadsheets.files.number_formats import iso_text, number_text
from apps.spreadsheets.files.refused_file import RefusedFile, spoilt
from apps.spreadsheets.files.xml_stream import Enough, parse

NUMBERS = ("float", "percentage", "currency")
CELLS = ("table:table-cell", "table:covered-table-cell")
GAPS = {"text:tab": "\t", "text:line-break": "\n"}
# What stands in a cell or sheet and is none of its text.
ASIDE = ("office:annotation", "table:shapes", "draw:frame", "office:forms", "text:ruby-text")
# A space costs the file nothing: no more of them than a cell of Excel can hold.
MOST_SPACES = 32_767
# Of a text with tags in it, before they are joined and measured.
PIECES = 100
TAGS_OF_A_CELL = 50
# Beyond what any limit lets through: no number of a row or column grows to thousands of digits.
MOST_REPEATED = 1 << 24
# Tags after all that is read, within which the titles of further sheets are looked for.
TAGS_BEYOND = 50_000


def read(data, first, wanted, limits, rows):
    archive = Archive(data, limits)
    if "content.xml" not in archive:
        raise RefusedFile("kind")
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in archive.members):
        raise RefusedFile("macros")
    # What is encrypted still has its name: the list of contents of OpenDocument itself says so.
    if "encrypted-package" in archive or b"encryption-data" in _start_of(archive, "meta-inf/manifest.xml"):
        raise RefusedFile("password")
    book = Content(wanted, rows, limits, _main_of(archive, first))
    try:
        parse(archive.pieces("content.xml"), book.start, book.end, book.texts, limits["cell_characters"])
    except Exception:
        # What stands beyond all that is read is looked through for titles alone.
        if book.beyond is None:
            raise
    if not book.sheets:
        raise RefusedFile("broken")


# Bytes: no start of a sheet is longer.
LONGEST_START = 4096


def _main_of(archive, titles):
    """The one of ``titles`` that a sheet has, or ``None``: looked for in the bytes, before anything is read."""
    room, kept = archive.room, b""
    found = None
    for piece in archive.pieces("content.xml") if titles else ():
        piece = kept + piece
        at = piece.find(b"<table:table ")
        while at >= 0 and found is None:
            name = piece[at : at + LONGEST_START].partition(b">")[0].partition(b' table:name="')[2].partition(b'"')[0]
            title = name.decode("utf-8", "replace").strip().casefold()
            found = title if title in titles else None
            at = piece.find(b"<table:table ", at + 1)
        kept = piece[-LONGEST_START:]
        if found:
            break
    archive.room = room
    return found


def _start_of(archive, name):
    """The first megabyte of a part, or what there is of it."""
    start = b""
    for piece in archive.pieces(name) if name in archive else ():
        start += piece
        if len(start) > 1 << 20:
            break
    return start


class Content:
    """content.xml on its way to ``rows``."""

    def __init__(self, wanted, rows, limits, main=None):
        self.wanted, self.rows, self.limits, self.main = set(wanted), rows, limits, main
        self.left, self.styles, self.texts = limits["empty_cells"], DateStyles(), []
        self.sheets = self.aside = self.in_text = 0
        self.reading = False
        self.passed, self.beyond = None, None  # the title of a sheet that is passed over; tags left, when all is read
        self.cell, self.row, self.shown = None, None, []
        self.at_row = self.at_column = 1

    def start(self, name, attributes):
        self.left -= 1
        if self.left < 0:
            raise RefusedFile("empty")
        if self.beyond is not None:
            self.beyond -= 1
            if self.beyond < 0:
                raise Enough
        if self.aside:
            self.aside += 1
            if self.passed is not None and "office:value-type" in attributes:  # there is something in it
                self.rows.pass_over(self.passed)
                self.passed = None
            del self.texts[self.before :]
        elif name in ASIDE or (name == "table:table" and self.reading):
            self.aside, self.before = 1, len(self.texts)
        elif self.in_text:
            self._start_in_text(name, attributes)
        elif not self.reading:
            if name == "table:table":
                self._start_sheet(attributes)
            else:
                self.styles.start(name, attributes)
        elif name in CELLS:
            self.cell, self.shown, self.left_before_cell = attributes, [], self.left
            self.room = self.limits["cell_characters"]
        elif name == "text:p" and self.cell is not None:
            self.in_text = 1
            self.texts.clear()
        elif name == "table:table-row":
            self.row, self.cells, self.at_column, self.left_before_row = attributes, [], 1, self.left
        elif name == "table:table-column":
            self.styles.add_column(attributes)

    def end(self, name):
        if self.aside:
            self.aside -= 1
            del self.texts[self.before :]
            if not self.aside:
                self.passed = None
        elif self.in_text:
            self.in_text -= 1
            if not self.in_text:
                self._end_paragraph()
        elif not self.reading:
            self.texts.clear()
        elif name in CELLS and self.cell is not None:
            self._end_cell(name)
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self.reading = False
            if not self.wanted:
                self.beyond = TAGS_BEYOND

    def _start_sheet(self, attributes):
        title = attributes.get("table:name", "")
        known = title.strip().casefold()
        hidden = attributes.get("table:style-name") in self.styles.hidden
        if hidden or (known not in self.wanted if self.sheets else self.main not in {None, known}):
            self.aside, self.before = 1, 0
            self.passed = None if hidden else title
            return
        self.wanted.discard(known)
        self.sheets += 1
        self.reading, self.at_row = True, 1
        self.styles.columns = []
        self.rows.start(title)

    def _start_in_text(self, name, attributes):
        self.in_text += 1
        if name == "text:s":
            self.texts.append(" " * min(int(attributes.get("text:c", 1)), MOST_SPACES))
        elif name in GAPS:
            self.texts.append(GAPS[name])
        if len(self.texts) >= PIECES:
            self.texts[:] = ["".join(self.texts)]
            if len(self.texts[0]) > self.room:
                raise RefusedFile("cell", self._place())

    def _end_paragraph(self):
        text = "".join(self.texts)
        self.texts.clear()
        self.room -= len(text)
        if self.room < 0:
            raise RefusedFile("cell", self._place())
        self.shown.append(text)

    def _place(self):
        return f"{letters_of(self.at_column)}{self.at_row}"

    def _end_cell(self, name):
        width = _repeated(self.cell, "table:number-columns-repeated")
        text = self._text() if name == "table:table-cell" else ""
        if len(text) > self.limits["cell_characters"]:
            raise RefusedFile("cell", self._place())
        last = self.at_column + width - 1
        if text and not text.isspace():
            # What a cell or row of text needs of tags is no waste.
            self.left += 1 + min(self.left_before_cell - self.left, TAGS_OF_A_CELL)
            if last > self.limits["columns"]:
                raise RefusedFile("columns")
            self.cells += [""] * (self.at_column - 1 - len(self.cells)) + [text] * width
        self.at_column, self.cell = last + 1, None

    def _end_row(self):
        if self.cells:
            self.left += 1 + min(max(self.left_before_row - self.left, 0), self.limits["columns"])
        repeated = _repeated(self.row, "table:number-rows-repeated")
        if self.cells and self.at_row + repeated - 1 > self.limits["rows"] + 1:
            raise RefusedFile("rows")
        for number in range(self.at_row, self.at_row + repeated) if self.cells else ():
            self.rows.add(number, self.cells)
        self.at_row += repeated

    def _text(self):
        cell, shown = self.cell, "\n".join(self.shown)
        kind = cell.get("office:value-type", "")
        if cell.get("calcext:value-type") == "error":
            return spoilt("error", shown)
        if "table:formula" in cell and not kind:
            return spoilt("formula", f"={cell['table:formula'].partition('=')[2]}")
        if kind in NUMBERS:
            return number_text(cell["office:value"])
        if kind == "boolean":
            return cell.get("office:boolean-value", "").capitalize()
        if kind == "date" and not _partial(shown):
            style = cell.get("table:style-name") or self.styles.of_column(self.at_column)
            return iso_text(cell["office:date-value"], self.styles.parts.get(style))
        return shown


def _repeated(attributes, name):
    count = int(attributes.get(name, 1))
    if count < 1:
        raise RefusedFile("broken")
    return min(count, MOST_REPEATED)


def _partial(shown):
    """1964 or 1964-12: a date as we write one that has no day."""
    year, _, month = shown.partition("-")
    return len(year) == 4 and year.isdecimal() and (not month or (len(month) == 2 and month.isdecimal()))
