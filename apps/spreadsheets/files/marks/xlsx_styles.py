"""The formats of an Excel workbook (``xl/styles.xml``) and those that marking adds to them.

A cell names its format by its place in ``cellXfs``; a format names its fill by its place in ``fills``. Formats are only
added: those that cells have now stay where they are.
"""

import re
from functools import cache

from apps.spreadsheets.files.marks import MARK_COLOUR
from apps.spreadsheets.files.marks.wanted import Unmarkable
from apps.spreadsheets.files.marks.xml_edits import applied, element, opened, scan, tag_at, with_attributes

LISTS = ("fonts", "fills", "cellXfs")
OURS = re.compile(rb'<[^<>]*fgColor[^<>]*"FF%s"' % MARK_COLOUR.encode(), re.IGNORECASE)
FILL = re.compile(rb"""\s(?:fillId|applyFill)\s*=\s*(?:"[^"]*"|'[^']*')""")


class Styles:
    def __init__(self, source):
        self.source = source
        self.found = {name: [] for name in LISTS}
        self._read()
        if not all(self.found.values()):
            raise Unmarkable("structure")
        self.before = {name: len(parts) for name, parts in self.found.items()}
        fills = {number for number, fill in enumerate(self.found["fills"]) if OURS.search(fill)}
        # Each is asked for by thousands of cells.
        self.marked, self.plain = cache(self.marked), cache(self.plain)
        self.header, self.message = cache(self.header), cache(self.message)
        self.ours = {number for number, xf in enumerate(self.found["cellXfs"]) if _fill_of(xf) in fills}

    def _read(self):
        """Finds the three lists: where each begins and closes, and the bytes of what is in it."""
        self.places, path, starts = {}, [], []

        def start(name, _attributes, position):
            path.append(name)
            starts.append(position)
            if len(path) == 1:
                self.prefix = name.removesuffix("styleSheet")

        def end(name, position):
            inside = path[-2].removeprefix(self.prefix) if len(path) > 1 else ""
            if len(path) == 3 and inside in LISTS:
                self.found[inside].append(element(self.source, starts[-1], position))
            elif len(path) == 2 and name.removeprefix(self.prefix) in LISTS:
                self.places[name.removeprefix(self.prefix)] = (starts[-1], position)
            path.pop()
            starts.pop()

        scan(self.source, start, end)

    def marked(self, style):
        """The number of the format that is ``style`` with our fill."""
        fill = self._added("fills", self._xml(
            '<fill><patternFill patternType="solid"><fgColor rgb="FF{}"/><bgColor indexed="64"/></patternFill></fill>'
        ))  # fmt: skip
        xf = with_attributes(self._format(style), {"fillId": fill, "applyFill": 1})
        number = self._added("cellXfs", xf)
        self.ours.add(number)
        return number

    def plain(self, style):
        """The number of the format that is ``style`` without our fill; any other as it is."""
        if style not in self.ours:
            return style
        xf = self._format(style)
        twins = [
            number
            for number, each in enumerate(self.found["cellXfs"])
            if number not in self.ours and FILL.sub(b"", each) == FILL.sub(b"", xf)
        ]
        # The only format that differs in nothing but the fill is what the cell had before.
        return twins[0] if len(twins) == 1 else self._added("cellXfs", with_attributes(xf, {"fillId": 0}))

    def header(self):
        font = self.found["fonts"][0]
        if b"<" + self.prefix.encode() + b"b/>" not in font:
            tag, name = opened(tag_at(font, 0)), f"{self.prefix}font".encode()
            rest = font[len(tag_at(font, 0)) :] or b"</" + name + b">"
            font = self._added("fonts", tag + self._xml("<b/>") + rest)
        else:
            font = 0
        return self._text(font)

    def message(self):
        return self._text(0)

    def _text(self, font):
        """A format for wrapped text."""
        return self._added("cellXfs", self._xml(
            f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"'
            ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        ))  # fmt: skip

    def _xml(self, text):
        text = text.format(MARK_COLOUR)
        return re.sub(r"<(/?)", rf"<\1{self.prefix}", text).encode()

    def _format(self, style):
        formats = self.found["cellXfs"]
        return formats[style if style < len(formats) else 0]

    def _added(self, name, xml):
        parts = self.found[name]
        if xml not in parts:
            parts.append(xml)
        return parts.index(xml)

    def changed(self):
        return {name: len(parts) for name, parts in self.found.items()} != self.before

    def pieces(self):
        edits = []
        for name, (start, closing) in self.places.items():
            parts, tag = self.found[name], tag_at(self.source, start)
            edits.append((start, start + len(tag), with_attributes(tag, {"count": len(parts)})))
            edits.append((closing, closing, b"".join(parts[self.before[name] :])))
        return applied(self.source, edits)


def _fill_of(xf):
    found = re.search(rb"""\sfillId\s*=\s*["'](\d+)""", tag_at(xf, 0))
    return int(found[1]) if found else 0
