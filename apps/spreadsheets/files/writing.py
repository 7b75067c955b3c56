"""Tables of texts as a file that people fill in. Nothing in it can run, and reading it back gives the same texts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.spreadsheets.files import csv_text, ods, xlsx
from apps.spreadsheets.files.lists import TITLE, Lists, legal_titles

# Characters, on A4 across: smaller letters nobody reads.
WIDEST_PAGE = 200


@dataclass(frozen=True)
class OutColumn:
    """A column. What is no date, moment or number is a text, whatever the ``kind``."""

    heading: str
    kind: str = "text"  # "text", "date" (2026-08-15), "moment" (2026-08-15 09:30 or 09:30:15) or "number"
    choices: tuple = ()  # texts of the drop-down list, a suggestion: anything else can be typed and is judged on import
    width: int = 28  # characters
    writable: bool = True  # False: locked where the sheet is protected
    strong: bool = False  # bold, as what names the rest of its row

    @property
    def style_when_empty(self):
        return "number" if self.kind == "number" else "strong" if self.strong else "text"


@dataclass
class OutSheet:
    """A sheet; ``rows`` are lists of texts, one text a column, and are read once, as they are written."""

    title: str
    columns: list  # of OutColumn
    rows: Iterable
    protected: bool = False  # only writable columns can be typed in; anybody may lift it, there is no password
    hidden: bool = False
    frozen: int = 0  # so many columns stay in sight, and on every printed page
    printed: int = 0  # so many columns are printed; 0: all

    @property
    def on_one_page(self):
        """Whether its columns fit beside each other on paper, and can still be read."""
        return sum(column.width for column in self.columns[: self.printed or None]) <= WIDEST_PAGE


def write(kind, sheets, file):
    """Writes ``sheets`` to ``file`` (binary, seekable) as ``kind``: xlsx, ods, or csv, which holds only the first.

    Memory is bounded by a batch of rows. Refused: a text that the file can't hold, by column and the row's first cell;
    what ``file`` has by then is to be thrown away.
    """
    if kind == "csv":
        csv_text.write(sheets[0], file)
        return
    lists = Lists(sheets)
    hidden = [OutSheet(TITLE, list(map(OutColumn, lists.headings)), lists.rows(), hidden=True)] if lists.apart else []
    every = [*sheets, *hidden]
    titles = legal_titles([sheet.title for sheet in every])
    titled = [replace(sheet, title=title) for sheet, title in zip(every, titles, strict=True)]
    {"xlsx": xlsx, "ods": ods}[kind].write(titled, lists, file)
