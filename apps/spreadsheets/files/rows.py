"""What the reading process answers, line by line on stdout. Each line is JSON:

``{"sheet": title}``, then batches ``[[number, [text, …]], …]`` of its rows, in the end ``{"end": ""}`` or
``{"refused": reason, "where": "B5"}``. Before a sheet or the end ``{"unread": title}`` of each visible sheet that is
passed over. No line is longer than one row or some 100,000 characters. In the place of a text may stand what
``refused_file.spoilt`` gives.
"""

try:
    # json itself imports re: together half of the time that this process needs to start.
    from _json import encode_basestring as quoted
except ImportError:
    from json.encoder import encode_basestring as quoted

from apps.spreadsheets.files.refused_file import RefusedFile

BATCH = 100_000
# Of a sheet's title, which is kept. Excel's have at most 31 characters.
LONGEST_TITLE = 255
# Of the sheets that are passed over, so many are told, each with so much of its title.
MOST_UNREAD, LONGEST_UNREAD = 20, 60
# Characters of a row: all cells may not be as long as one may be, or the web process would hold that.
LONGEST_ROW = 4_000_000
# Who reads them takes so many rows together, of at most so many characters.
GROUP, LONGEST_GROUP = 500, 16_000_000


def say(stream, what, text, where=None):
    place = "" if where is None else f',"where":{quoted(str(where))}'
    stream.write(f'{{"{what}":{quoted(text)}{place}}}\n'.encode())


class Rows:
    """The rows of all sheets of a file, written to ``stream`` a batch at a time."""

    def __init__(self, stream, limits):
        self.stream, self.room = stream, limits["characters"]
        self.last_row, self.columns, self.cells = limits["rows"] + 1, limits["columns"], limits["cells"]
        self.batch, self.waiting = [], 0
        self.grouped = self.group = 0  # rows of the group so far, and their characters
        self.unread = 0  # sheets that were told as passed over

    def start(self, title):
        self.flush()
        say(self.stream, "sheet", title[:LONGEST_TITLE])

    def pass_over(self, title):
        """A visible sheet of which nothing is read."""
        if self.unread < MOST_UNREAD:
            self.unread += 1
            self.flush()
            say(self.stream, "unread", title[:LONGEST_UNREAD])

    def add(self, number, texts):
        """``texts`` may end in blanks, and be blank altogether: a blank row is none."""
        if not any(texts):
            return
        while texts and (not texts[-1] or texts[-1].isspace()):
            texts.pop()
        if not texts:
            return
        if number > self.last_row:
            raise RefusedFile("rows")
        if len(texts) > self.columns:
            raise RefusedFile("columns")
        size = sum(map(len, texts))
        self._measure(number, len(texts), size)
        self.batch.append(f"[{number},[{','.join(map(quoted, texts))}]]")
        self.waiting += size
        if self.waiting > BATCH or len(self.batch) == 500:
            self.flush()

    def _measure(self, number, cells, size):
        self.cells -= cells
        self.room -= size
        if self.cells < 0 or self.room < 0:
            raise RefusedFile("cells" if self.cells < 0 else "characters")
        if self.grouped == GROUP:
            self.grouped = self.group = 0
        self.grouped += 1
        self.group += size
        if size > LONGEST_ROW or self.group > LONGEST_GROUP:
            raise RefusedFile("row", number)

    def flush(self):
        if self.batch:
            self.stream.write(f"[{','.join(self.batch)}]\n".encode())
        self.batch, self.waiting = [], 0
