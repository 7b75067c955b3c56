"""Marks an OpenDocument workbook: its sheets and their formats stand in one member."""

from apps.spreadsheets.files.marks.ods_styles import Styles
from apps.spreadsheets.files.marks.ods_table import Table
from apps.spreadsheets.files.marks.wanted import Unmarkable
from apps.spreadsheets.files.marks.xml_edits import applied, element, opened, scan, tag_at

CONTENT = "content.xml"
NAMESPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
}
# office:document-content / office:body / office:spreadsheet / table:table
TABLE_DEPTH = 4


def mark(archive, wanted):
    """The changed members: ``{name: pieces}``. ``wanted``: ``{title casefolded, "" for the first sheet: Wanted}``."""
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        raise Unmarkable("structure")
    source = archive.read(CONTENT)
    content = Content(source, wanted)
    scan(source, content.start, content.end)
    if content.left:
        raise Unmarkable("structure")
    edits = content.edits + content.style_edits() if content.edits else []
    return {CONTENT: applied(source, edits)} if edits else {}


class Content:
    """Follows ``content.xml`` element by element; feeds its sheets, a :class:`Table` each."""

    def __init__(self, source, wanted):
        self.source, self.wanted, self.left = source, wanted, set(wanted)
        self.names, self.edits, self.depth, self.tables = {}, [], 0, 0
        self.styles = self.automatic = self.style = self.table = None
        self.row = self.cell = 0  # the depth of the open one

    def start(self, name, attributes, position):
        self.depth += 1
        if self.depth == 1:
            self._learn_names(attributes)
        elif self.cell:
            if self.depth == self.cell + 1:
                self.table.cell.filled = True
        elif self.row:
            if self.depth == self.row + 1 and name in self.cell_names:
                self.cell = self.depth
                self.table.start_cell(attributes, position, covered=name != self.cell_names[0])
        elif self.table:
            self._start_in_table(name, attributes, position)
        elif self.depth <= TABLE_DEPTH:
            self._start_outside(name, attributes, position)

    def _learn_names(self, attributes):
        prefixes = {
            NAMESPACES[value]: key.removeprefix("xmlns:") + ":"
            for key, value in attributes.items()
            if value in NAMESPACES and key.startswith("xmlns:")
        }
        if len(prefixes) < len(NAMESPACES):
            raise Unmarkable("structure")
        self.names, self.styles = prefixes, Styles(prefixes)
        table = prefixes["table"]
        self.cell_names = (f"{table}table-cell", f"{table}covered-table-cell")
        self.row_name, self.column_name, self.table_name = f"{table}table-row", f"{table}table-column", f"{table}table"
        self.list_name = f"{prefixes['office']}automatic-styles"
        self.style_name = f"{prefixes['style']}style"

    def _start_in_table(self, name, attributes, position):
        if name == self.row_name:
            self.row = self.depth
            self.table.start_row(attributes, position)
        elif name == self.column_name:
            self.table.start_column(attributes, position)
        elif name == self.table_name:  # a sheet in a sheet
            raise Unmarkable("structure")

    def _start_outside(self, name, attributes, position):
        if self.depth == 2 and name == self.list_name:
            self.automatic = [position, 0]
        elif self.depth == 3 and name == self.style_name:
            prefix = self.names["style"]
            self.style = (attributes.get(f"{prefix}name", ""), attributes.get(f"{prefix}family"), position)
        elif self.depth == TABLE_DEPTH and name == self.table_name:
            self._start_table(attributes)

    def _start_table(self, attributes):
        """Hidden sheets are nobody's: the reader passes them over."""
        table = self.names["table"]
        if attributes.get(f"{table}style-name") in self.styles.hidden:
            return
        self.tables += 1
        title = attributes.get(f"{table}name", "").strip().casefold()
        key = "" if self.tables == 1 and "" in self.wanted else title
        if key in self.left:
            self.left.discard(key)
            self.table = Table(self.source, self.names, self.wanted[key], self.styles)

    def end(self, name, position):
        if self.depth == self.cell:
            self.cell = 0
            self.table.end_cell(position)
        elif self.depth == self.row:
            self.row = 0
            self.table.end_row(position)
        elif self.table and not self.row:
            self._end_in_table(name, position)
        elif self.depth == 3 and self.style:
            style, family, start = self.style
            self.styles.see(style, family, element(self.source, start, position))
            self.style = None
        elif self.depth == 2 and name == self.list_name:
            self.automatic[1] = position
        self.depth -= 1

    def _end_in_table(self, name, position):
        if self.depth == TABLE_DEPTH:
            self.edits += self.table.edits(position)
            self.table = None
        elif name == self.column_name:
            self.table.end_column(position)

    def style_edits(self):
        """The new formats, at the end of the file's own."""
        fresh = self.styles.new()
        if not fresh:
            return []
        if not self.automatic:
            raise Unmarkable("structure")
        start, closing = self.automatic
        tag = tag_at(self.source, start)
        if tag.endswith(b"/>"):
            return [(start, start + len(tag), opened(tag) + fresh + f"</{self.list_name}>".encode())]
        return [(closing, closing, fresh)]
