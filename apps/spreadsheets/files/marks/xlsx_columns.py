"""The columns of an Excel sheet: their letters, formats and widths, and the size that the sheet gives of itself."""

import re

from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.marks.wanted import MOST_COLUMNS, Unmarkable
from apps.spreadsheets.files.marks.xml_edits import element, end_of, opened, tag_at, with_attributes

PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")
AREA = re.compile(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
# In characters: a sentence wraps once or twice.
WIDTH = 60
NUMBERS = {}


def number_of(place):
    """3 for C, C7 and $C$7."""
    letters = place.rstrip("0123456789")
    if letters not in NUMBERS:
        match = PLACE.fullmatch(place)
        if not match:
            raise Unmarkable("structure")
        number = 0
        for letter in match[1].upper():
            number = number * 26 + ord(letter) - 64
        NUMBERS[letters] = number
    return NUMBERS[letters]


def lines_of(text):
    """How many lines ``text`` takes in a column :data:`WIDTH` wide."""
    return sum(len(line) // WIDTH + 1 for line in text.split("\n"))


class Columns:
    """What the sheet says of its columns before its first row."""

    def __init__(self, source):
        self.source, self.dimension, self.list, self.ranges = source, None, None, []

    def see_dimension(self, attributes, position):
        self.dimension = (position, attributes.get("ref", ""))

    def see_list(self, _attributes, position):
        self.list = position

    def see(self, attributes, position):
        first, last = int(attributes["min"]), int(attributes["max"])
        self.ranges.append([first, last, int(attributes.get("style", 0)), position, 0])

    def see_end(self, position):
        self.ranges[-1][4] = position

    def style(self, column):
        return next((style for first, last, style, *_place in self.ranges if first <= column <= last), 0)

    def edits(self, prefix, styles, column, data):
        """A wide column ``column`` (None for none); columns that a program saved as marked, since most of their cells
        were, are so no longer. ``data``: where the rows begin."""
        stained = [
            (start, end_of(self.source, start, closing), self._plain(each, styles))
            for each in self.ranges
            for first, last, style, start, closing in [each]
            if style in styles.ours and not (column and first <= column <= last)
        ]
        return stained + (
            [*self._dimension_edit(column), self._width_edit(prefix, styles, column, data)] if column else []
        )

    def _plain(self, each, styles):
        _first, _last, style, start, closing = each
        old = element(self.source, start, closing)
        return with_attributes(old, {"style": styles.plain(style)}) if style in styles.ours else old

    def _dimension_edit(self, column):
        position, area = self.dimension or (0, "")
        if match := AREA.fullmatch(area):
            last = letters_of(max(number_of(match[3]), column))
            tag = tag_at(self.source, position)
            fresh = with_attributes(tag, {"ref": f"{match[1]}{match[2]}:{last}{match[4]}"})
            yield position, position + len(tag), fresh

    def _width_edit(self, prefix, styles, column, data):
        fresh = f'<{prefix}col min="{column}" max="{column}" width="{WIDTH}" customWidth="1"/>'.encode()
        for each in self.ranges:
            first, last, _style, start, closing = each
            if first <= column <= last:
                old = self._plain(each, styles)
                parts = [(first, column - 1), (column, column), (column + 1, min(last, MOST_COLUMNS))]
                split = [_part(old, low, high, column) for low, high in parts if low <= high]
                return start, end_of(self.source, start, closing), b"".join(split)
        after = next((start for first, _last, _style, start, _closing in self.ranges if first > column), None)
        if after is not None:
            return after, after, fresh
        if self.ranges:
            _first, _last, _style, start, closing = self.ranges[-1]
            end = end_of(self.source, start, closing)
            return end, end, fresh
        if self.list is not None:
            tag = tag_at(self.source, self.list)
            closed = f"</{prefix}cols>".encode() if tag.endswith(b"/>") else b""
            return self.list, self.list + len(tag), opened(tag) + fresh + closed
        return data, data, f"<{prefix}cols>".encode() + fresh + f"</{prefix}cols>".encode()


def _part(old, low, high, column):
    """``old`` for the columns ``low`` to ``high``; wide, seen and unformatted where it is ``column``."""
    changes = {"min": low, "max": high}
    if low == high == column:
        changes |= {"width": WIDTH, "customWidth": 1, "hidden": None, "style": None, "bestFit": None}
    return with_attributes(old, changes)
