"""The drop-down lists of a workbook, and the titles of its sheets."""

import re
from itertools import zip_longest

from apps.languages.graphemes import clusters
from apps.languages.signs import CONTROL
from apps.spreadsheets.files.cells import units

# Below the header, as many rows as we read back.
LAST_ROW = 50_001
TITLE, LONGEST_TITLE = "Lists", 31
ILLEGAL_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
LONGEST_INLINE = 255
SPLITS = re.compile(rf'[,"\t\n\r]|{CONTROL.pattern}')


class Lists:
    """What the columns of ``sheets`` offer. Lists too long to stand in a column stand on a hidden sheet of their own.

    Excel: 255 characters with the commas between, and no comma inside a choice, which then would be two.
    """

    def __init__(self, sheets):
        offered = {column.choices: column.heading for sheet in sheets for column in sheet.columns if column.choices}
        self.apart = [choices for choices in offered if not _fits_inline(choices)]
        self.headings = [offered[choices] for choices in self.apart]

    def rows(self):
        return (list(row) for row in zip_longest(*self.apart, fillvalue=""))

    def place(self, choices):
        """First and last cell on the hidden sheet, (column, row) from 1; ``None`` for a list that fits the column."""
        if choices not in self.apart:
            return None
        column = self.apart.index(choices) + 1
        return (column, 2), (column, len(choices) + 1)


def _fits_inline(choices):
    # Excel trims the choices and drops blank ones; a first "=" would be a formula.
    plain = all(text == text.strip() != "" and text[0] != "=" and not SPLITS.search(text) for text in choices)
    return plain and units(",".join(choices)) <= LONGEST_INLINE


def legal_titles(titles):
    """``titles`` as Excel has them: no two alike, 31 characters at most, none of ``[]:*?/\\``, no ``'`` at an end."""
    legal, taken = [], {"history"}  # Excel's own
    for title in titles:
        plain = " ".join(ILLEGAL_IN_TITLES.sub(" ", title).split())
        found, number = _cut(plain), 1
        while found.casefold() in taken:
            number += 1
            found = _cut(plain, f" {number}")
        taken.add(found.casefold())
        legal.append(found)
    return legal


def _cut(title, ending=""):
    parts = ""
    for cluster in clusters(title.strip("' ")):
        if units(parts + cluster + ending) > LONGEST_TITLE:
            break
        parts += cluster
    return (parts.strip("' ") or "Sheet") + ending
