"""How exactly an ODS workbook shows its dates: ``number:date-style``, by way of a cell's or column's style.

Only the styles in content.xml, where LibreOffice puts those of cells that somebody formatted (OpenDocument 1.3
part 3, 16.29.11).
"""

PARTS = {"year": "y", "month": "m", "day": "d", "day-of-week": "d", "hours": "t", "minutes": "t", "seconds": "t"}
# Of the columns, told apart by their styles; what comes behind them is beyond what is read anyway.
MOST_COLUMNS = 1000


class DateStyles:
    """``parts``: what each cell style shows, ``{"ce1": {"y", "m"}}``; ``hidden``: the styles of hidden sheets."""

    def __init__(self):
        self.parts, self.hidden, self.columns = {}, set(), []
        self._formats, self._format, self._style = {}, None, ""

    def start(self, name, attributes):
        room, _, kind = name.partition(":")
        if room == "number":
            if kind == "date-style":
                self._format = self._formats[attributes.get("style:name")] = set()
            elif kind in PARTS and self._format is not None:
                self._format.add(PARTS[kind])
            elif kind.endswith("-style"):
                self._format = None
        elif name == "style:style":
            self._style = attributes.get("style:name")
            self.parts[self._style] = self._formats.get(attributes.get("style:data-style-name"))
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)

    def add_column(self, attributes):
        """The next columns of the sheet, with the style of their cells that have none."""
        style = attributes.get("table:default-cell-style-name")
        repeated = int(attributes.get("table:number-columns-repeated", 1))
        self.columns += [style] * min(repeated, MOST_COLUMNS - len(self.columns))

    def of_column(self, number):
        return self.columns[number - 1] if number <= len(self.columns) else None
