"""The formats of an OpenDocument sheet (``content.xml``) and those that marking adds to them."""

import re
from functools import cache
from itertools import count

from apps.spreadsheets.files.marks import MARK_COLOUR
from apps.spreadsheets.files.marks.xml_edits import as_bytes, opened, tag_at, with_attributes

# Ours, by their names. What is called so already comes from an earlier round and will do.
HEADER, MESSAGE, WIDE = "errors-header", "errors-text", "errors-column"


class Styles:
    """``names``: the file's prefixes, ``{"style": "style:", "fo": "fo:", …}``."""

    def __init__(self, names):
        self.names, self.cells, self.known, self.added = names, {}, set(), {}
        self.ours, self.hidden = set(), set()
        pattern = rf"""{names["fo"]}background-color\s*=\s*["']#{MARK_COLOUR}["']"""
        self.colour = re.compile(pattern.encode(), re.IGNORECASE)
        # Each is asked for by thousands of cells.
        self.marked, self.plain = cache(self.marked), cache(self.plain)
        self.undisplayed = re.compile(rf"""{names["table"]}display\s*=\s*["']false["']""".encode())

    def see(self, name, family, xml):
        """``xml``: a format of the file, of cells, columns, rows or tables."""
        self.known.add(name)
        if family == "table-cell":
            self.cells[name] = xml
            if self.colour.search(xml):
                self.ours.add(name)
        elif family == "table" and self.undisplayed.search(xml):
            self.hidden.add(name)

    def marked(self, name):
        """The name of the format that is ``name`` (``""`` for none) with our colour."""
        return self._copy("marked", name, f"#{MARK_COLOUR}")

    def plain(self, name):
        """The name of the format that is ``name`` without our colour; any other as it is."""
        if name not in self.ours:
            return name
        essence = self._essence(self.cells[name])
        twins = [each for each, xml in self.cells.items() if each not in self.ours and self._essence(xml) == essence]
        # The only format that differs in nothing but the colour is what the cell had before.
        return twins[0] if len(twins) == 1 else self._copy("plain", name, None)

    def _essence(self, xml):
        return self._coloured(with_attributes(xml, {f"{self.names['style']}name": None}), None)

    def _copy(self, kind, original, colour):
        """A new format that is ``original`` with the background ``colour``; None for none. Programs may keep the names
        of an earlier round and give them to other formats: each is a fresh one."""
        style, xml = self.names["style"], self.cells.get(original)
        name = next(name for number in count(1) if (name := f"{kind}-{number}") not in self.known)
        if xml is None:
            parent = f' {style}parent-style-name="{as_bytes(original or "Default").decode()}"'
            xml = f'<{style}style {style}family="table-cell"{parent}/>'.encode()
        xml = with_attributes(xml, {f"{style}name": name, f"{style}display-name": None})
        self.added[name] = self._coloured(xml, colour)
        self.known.add(name)
        return name

    def _coloured(self, xml, colour):
        style = self.names["style"]
        name = f"{style}table-cell-properties".encode()
        change = {f"{self.names['fo']}background-color": colour}
        if found := re.search(b"<" + name + rb"[\s/>]", xml):
            return xml[: found.start()] + with_attributes(xml[found.start() :], change)
        tag = tag_at(xml, 0)
        rest = xml[len(tag) :] or f"</{style}style>".encode()
        return opened(tag) + with_attributes(b"<" + name + b"/>", change) + rest

    def header(self):
        style, fo = self.names["style"], self.names["fo"]
        return self._text(HEADER, f'<{style}text-properties {fo}font-weight="bold"/>')

    def message(self):
        return self._text(MESSAGE, "")

    def _text(self, name, properties):
        """A format for wrapped text."""
        style, fo = self.names["style"], self.names["fo"]
        shape = f'<{style}table-cell-properties {fo}wrap-option="wrap" {style}vertical-align="top"/>'
        return self._added(name, "table-cell", shape + properties)

    def wide(self):
        style = self.names["style"]
        return self._added(WIDE, "table-column", f'<{style}table-column-properties {style}column-width="12cm"/>')

    def _added(self, name, family, properties):
        if name not in self.known:
            style = self.names["style"]
            start = f'<{style}style {style}name="{name}" {style}family="{family}">'
            self.added[name] = (start + properties + f"</{style}style>").encode()
            self.known.add(name)
        return name

    def new(self):
        return b"".join(self.added.values())
