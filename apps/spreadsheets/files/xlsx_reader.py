"""The rows of an XLSX workbook's sheets (ECMA-376 part 1, 18.3), as they are unpacked."""

from apps.spreadsheets.files.archive import Archive
from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.number_formats import date_text, iso_text, number_text
from apps.spreadsheets.files.refused_file import RefusedFile, spoilt
from apps.spreadsheets.files.shortening import shortened_cells
from apps.spreadsheets.files.workbook_parts import TRUE, Workbook, unescaped
from apps.spreadsheets.files.xml_stream import Enough, parse

MACROS = ("vbaproject.bin", "/macrosheets/")
DIGITS = "0123456789"


def read(data, first, wanted, limits, rows):
    archive = Archive(data, limits)
    if any(mark in name for name in archive.members for mark in MACROS):
        raise RefusedFile("macros")
    book = Workbook(archive, limits)
    if not book.sheets:
        raise RefusedFile("broken")
    main = next((each for each in book.sheets if each[0].strip().casefold() in first), book.sheets[0])
    further = [each for each in book.sheets if each is not main]
    asked = [each for each in further if each[0].strip().casefold() in wanted]
    for title, part in further:
        # Told before anything is read: also of a file whose first sheet is refused.
        if (title, part) not in asked and not _is_empty(archive, part):
            rows.pass_over(title)
    for title, part in [main, *asked]:
        rows.start(title)
        _refuse_too_many(archive, part, limits)
        Sheet(book, rows, limits).read(archive.pieces(part))


# A row with one cell takes more bytes.
SHORTEST_ROW = 40
END_OF_SHEET = 1 << 18


def _refuse_too_many(archive, part, limits):
    """Before the first row of a sheet is read, and judged, if the end of it tells how many there are; else the row that
    is one too many does.
    """
    size = archive.size(part)
    if size < SHORTEST_ROW * limits["rows"]:
        return
    room, end, values = archive.room, b"", 0
    for piece in archive.pieces(part):
        if not end and not _may_be_too_many(piece, size, limits):
            break
        values += piece.count(b"</v>")
        end = (end + piece)[-END_OF_SHEET:]
    archive.room = room
    if values > limits["cells"]:
        raise RefusedFile("cells")
    if _last_row(end) > limits["rows"] + 1:
        raise RefusedFile("rows")


def _may_be_too_many(piece, size, limits):
    """Whether a sheet of ``size`` bytes that goes on as its first ``piece`` comes near a limit."""
    pieces = 2 * size / max(len(piece), 1)
    return pieces * piece.count(b"<row ") > limits["rows"] or pieces * piece.count(b"</v>") > limits["cells"]


def _last_row(end):
    """The number of the last row in which a value stands; 0 where ``end``, of the XML of a sheet, does not tell."""
    at = max(end.rfind(b"</v>"), end.rfind(b"</t>"))
    if at < 1 or end[at - 1 : at] in b"> \n":  # no value
        return 0
    start = end.rfind(b"<row ", 0, at)
    number = end[start : end.find(b">", start)].partition(b' r="')[2].partition(b'"')[0] if start >= 0 else b""
    return int(number) if number.isdigit() and len(number) < len(str(1 << 24)) else 0


def _is_empty(archive, part):
    """Whether a sheet that is not read holds nothing, as Excel once gave three to each workbook; by its first piece."""
    try:
        start = next(archive.pieces(part), b"")
    except Exception:  # it is not read: whatever is wrong with it is no matter
        return False
    rest = start.partition(b"sheetData")[2]
    cells, end, _rest = rest.partition(b"sheetData")
    return rest.lstrip()[:2] == b"/>" or bool(end and not any(mark in cells for mark in (b"v>", b"is>", b"f>")))


class Sheet:
    """One sheet on its way from XML to ``rows``."""

    def __init__(self, book, rows, limits):
        self.rows, self.limits, self.strings, self.first_day = rows, limits, book.strings, book.first_day
        # By number as it is written: what each style shows of a date.
        self.dates = {str(number): parts for number, parts in enumerate(book.formats) if parts}
        self.letters = {letters_of(number): number for number in range(1, limits["columns"] + 1)}
        self.place = ""

    def read(self, pieces):
        texts = []
        start, end, check = self._handlers(texts)
        try:
            parse(shortened_cells(pieces), start, end, texts, self.limits["cell_characters"], check)
        except RefusedFile as refusal:
            raise RefusedFile(refusal.reason, refusal.where or self.place) from None

    def _handlers(self, texts):
        """The handlers of start and end tags. Long, since what a million calls share is quickest in local variables."""
        c = row = v = inline = t = f = phonetic = data = kind = style = content = written = None
        number = column = formula = aid = 0  # numbers of row and column, 0 for none
        empty = before = 0  # tags so far that held no text; those before this row
        cells, clear, letters, strings, typed = [], texts.clear, self.letters, self.strings, self._typed
        columns = self.limits["columns"]

        def start(name, attributes):
            nonlocal c, row, v, inline, t, f, phonetic, data, number, column, cells, content, kind, style, formula
            nonlocal aid, empty, before
            empty += 1
            clear()
            if name == c:
                get = attributes.get
                kind, style, content = get("t"), get("s"), None
                place = get("r")
                if place is None:
                    column += 1
                else:
                    column = letters.get(place.rstrip(DIGITS)) or self._column(place)
            elif name == row:
                last, number = number, int(attributes.get("r") or number + 1)
                if number <= last:
                    raise RefusedFile("broken")
                cells, column, formula, before = [], 0, 0, empty
            elif name == f:
                formula = column
            elif name == phonetic:
                aid = column
            elif c is None:  # the root: whatever its prefix is, all have it
                names = ("c", "row", "v", "is", "t", "f", "rPh", "sheetData")
                prefix = name.removesuffix("worksheet")
                c, row, v, inline, t, f, phonetic, data = (prefix + each for each in names)

        def end(name):
            nonlocal content, aid, empty, written
            if name == c:
                if content is None and texts:
                    content = texts[0] if len(texts) == 1 else "".join(texts)
                if kind == "s" and content:
                    text = strings[int(content)]
                elif content and (kind == "inlineStr" or kind == "str"):
                    text = unescaped(content) if "_x" in content else content
                elif (content and not content.isspace()) or formula == column or kind == "e":
                    text = typed(kind, content, style, written)
                else:
                    return
                if text:
                    empty -= 2
                gap = column - len(cells)
                if gap != 1:
                    self._fill(cells, gap, column)
                cells.append(text)
            elif name in (v, t):
                if not aid:
                    content = self._joined(content or "", "".join(texts))
                    empty -= 1 if texts else 0
            elif name == row:
                if cells:
                    empty -= min(empty - before + 1, columns) if empty >= before else 0
                    self.rows.add(number, cells)
            elif name == phonetic:
                aid = 0
            elif name == f:
                written = "".join(texts)
            elif name == data:
                raise Enough
            clear()

        def check():
            self.place = f"{letters_of(column)}{number}" if column else ""
            if len(cells) > columns and "".join(cells[columns:]).strip():
                raise RefusedFile("columns")
            if empty > self.limits["empty_cells"]:
                raise RefusedFile("empty")

        return start, end, check

    def _joined(self, content, text):
        """The runs of a rich text; a text in one piece is measured while it is read."""
        if len(content) + len(text) > self.limits["cell_characters"]:
            raise RefusedFile("cell")
        return content + text

    def _fill(self, cells, gap, column):
        """Blanks for the cells that the file leaves out."""
        if column > self.limits["columns"]:
            raise RefusedFile("columns")
        if gap < 1:
            raise RefusedFile("broken")  # two cells at one place, or one before another
        cells.extend([""] * (gap - 1))

    def _column(self, place):
        """The number of a column beyond those that are read: only its being there counts."""
        letters = place.rstrip(DIGITS)
        if not (letters.isascii() and letters.isupper() and len(letters) <= 3):
            raise RefusedFile("broken")
        return self.limits["columns"] + 1

    def _typed(self, kind, content, style, formula):
        """The text of a number, date or truth value, or what is said of an error or a ``formula`` without a result."""
        if kind == "e":
            return spoilt("error", content or "")
        if not content:
            if kind == "str" and content is not None:
                return ""  # a formula whose result is an empty text
            return spoilt("formula", f"={formula}")
        if kind == "b":
            return "True" if content.strip() in TRUE else "False"
        parts = self.dates.get(style)
        try:
            if kind == "d":
                return iso_text(content.strip(), parts)
            return date_text(content, parts, self.first_day) if parts else number_text(content.strip())
        except (ValueError, OverflowError):
            return spoilt("error", content)
