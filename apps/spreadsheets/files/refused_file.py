"""What the reading process says of a file, or a cell, that it doesn't read. Each import would cost every upload
milliseconds.
"""

# No text of a file has it: XML can't hold it, CSV with it is refused. What begins with it speaks of a cell.
SPOILT = "\0"
# Letters of what stands in such a cell.
MOST_SHOWN = 60


class RefusedFile(Exception):
    """``reason`` is a key of ``reasons.REASONS``; ``where`` the cell, line or row."""

    def __init__(self, reason, where=""):
        self.reason, self.where = reason, where


def spoilt(reason, shown, *facts):
    """In the place of a cell's text, where that can't be known. ``reason`` is a key of ``reasons.OF_CELLS``, ``shown``
    what stands there, which is never nothing; ``spoilt.py`` takes it apart.
    """
    shown = shown.strip() or "#"
    shown = f"{shown[:MOST_SHOWN]}…" if len(shown) > MOST_SHOWN else shown
    return SPOILT + SPOILT.join([reason, shown, *facts])
