"""Cells in which something stands, and nobody can tell which text: a formula error, a day that may be a year."""

from apps.spreadsheets.files.reasons import of_cell
from apps.spreadsheets.files.refused_file import SPOILT


class SpoiltRow(list):
    """The texts of a row with such cells, in these what stands there. ``spoilt``: ``{place: (reason, sentence)}``."""

    def __init__(self, texts):
        super().__init__(texts)
        self.spoilt = {}
        for place, text in enumerate(texts):
            if text[:1] == SPOILT:
                _sign, reason, self[place], *facts = text.split(SPOILT)
                self.spoilt[place] = reason, of_cell(reason, self[place], *facts)


def spoilt_cells(row, places):
    """``{column: (what stands there, sentence)}`` of such cells of ``row``; ``places``: ``{column: place}``."""
    if not isinstance(row, SpoiltRow):
        return {}
    return {name: (row[place], row.spoilt[place][1]) for name, place in places.items() if place in row.spoilt}
