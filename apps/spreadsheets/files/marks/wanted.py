"""What one sheet is to show after marking; the same for every kind of file."""

# The last column of a spreadsheet program.
MOST_COLUMNS = 16_384


# How the marking process ends when it didn't mark the file.
NOT_MARKED = 3


class Unmarkable(Exception):
    """The file can't be marked; ``reason`` is a key of ``marking.REASONS``."""

    def __init__(self, reason):
        self.reason = reason
        super().__init__(reason)


class Wanted:
    """The errors of one sheet, and what its scan has learned: where the header stands, which columns are in use.

    ``errors``: ``[[row, [column, …], text], …]``, all counted from 1. ``headings``: of the error column, in every
    language in which an earlier round may have written it.
    """

    def __init__(self, errors, heading, headings):
        self.texts = {row: text for row, _columns, text in errors}
        self.wrong = {row: set(columns) for row, columns, _text in errors}
        self.heading, self.headings = heading, {each.strip().casefold() for each in [heading, *headings]}
        self.header, self.old, self.last = None, [], 0
        self._rows = None

    def see_header(self, number, texts):
        """Takes row ``number`` (``texts``: ``{column: text}``) for the header, unless it is blank."""
        if not any(text.strip() for text in texts.values()):
            return
        self.header = number
        self.old = sorted(column for column, text in texts.items() if text.strip().casefold() in self.headings)
        # The new column's header is its name and nothing else: what is wrong with the header stands one row below.
        if above := self.texts.pop(number, ""):
            self.texts[number + 1] = "\n".join(filter(None, [above, self.texts.get(number + 1, "")]))
        if self.texts:
            self.texts[number] = self.heading
        self._rows = None

    @property
    def column(self):
        """The error column: where an earlier one stands, else the first right of those in use."""
        column = self.old[0] if self.old else self.last + 1
        if column > MOST_COLUMNS:
            raise Unmarkable("full")
        return column

    @property
    def rows(self):
        """Numbers of the rows in which something is to be written or marked, in order."""
        if self._rows is None:  # each repeated row asks
            self._rows = sorted(self.texts.keys() | self.wrong.keys())
        return self._rows

    def contents(self, number):
        """``{column: text}`` of row ``number``: ``""`` where an earlier error column is emptied."""
        contents = dict.fromkeys(self.old, "")
        if text := self.texts.get(number):
            contents[self.column] = text
        return contents

    def marks(self, number):
        return self.wrong.get(number, set()) - {*self.old}
