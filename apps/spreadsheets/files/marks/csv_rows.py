"""Marks a CSV file, which has no formats: its sentences name the columns. All other fields stay byte for byte."""

import csv
import io
import re

from apps.spreadsheets.files.marks.wanted import Unmarkable

# Three times those of 50,000 rows of 20: a million takes a third of a second.
MOST_FIELDS = 3_000_000
BOM = "\ufeff"


def mark(data, wanted):
    """The bytes of the marked file; ``data``: UTF-8."""
    text = data.decode("utf-8")
    start, text = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    delimiter = delimiter_of(text)
    if sum(map(text.count, (delimiter, "\n", "\r"))) > MOST_FIELDS:
        raise Unmarkable("size")
    rows = list(_rows(text, delimiter))
    for number, (fields, _end) in enumerate(rows, start=1):
        wanted.last = max(wanted.last, len(fields))
        if wanted.header is None:
            wanted.see_header(number, {place: _read(field) for place, field in enumerate(fields, start=1)})
    _lengthen(rows, max(wanted.rows, default=0))
    marked = (
        delimiter.join(_with(fields, wanted.contents(number), delimiter)) + end
        for number, (fields, end) in enumerate(rows, start=1)
    )
    return (start + "".join(marked)).encode()


def _lengthen(rows, most):
    """Blank rows up to number ``most``, where the file has fewer."""
    if lacking := max(0, most - len(rows)):
        end = next((end for _fields, end in rows if end), "\r\n")
        if rows:
            rows[-1] = (rows[-1][0], end)
        rows += [([""], end)] * lacking


def delimiter_of(text):
    """As the reader chooses it: the commonest in the first line, the comma where none is there."""
    return max(",;\t", key=re.split("[\r\n]", text, maxsplit=1)[0].count)


def _rows(text, delimiter):
    """``(fields as they stand in the file, line end)`` of each row."""
    field = re.compile(rf'("[^"]*(?:""[^"]*)*"(?=[{delimiter}\r\n]|\Z)|[^{delimiter}\r\n]*)({delimiter}|\r\n|\n|\r|\Z)')
    fields, place = [], 0
    while place < len(text) or fields:
        match = field.match(text, place)
        fields.append(match[1])
        place = match.end()
        if match[2] != delimiter:
            yield fields, match[2]
            fields = []


def _read(field):
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def _with(fields, contents, delimiter):
    """``fields`` of a row with ``contents`` (``{column: text}``) in it."""
    if not contents:
        return fields
    width = max(len(fields), *(column for column, text in contents.items() if text), 0)
    fields = fields + [""] * (width - len(fields))
    for column, text in contents.items():
        if column <= width:
            fields[column - 1] = _written(text, delimiter)
    while fields and len(fields) in contents and not contents[len(fields)]:
        fields.pop()  # a column that was ours leaves no delimiter behind
    return fields


def _written(text, delimiter):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerow([text, ""])
    return stream.getvalue()[: -len(delimiter + "\r\n")]
