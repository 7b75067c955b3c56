"""The rows of a CSV file of any program: comma, semicolon or tab, with or without a byte order mark."""

import _csv  # csv itself imports re, which takes longer than reading a small file
from io import BytesIO, TextIOWrapper

from apps.spreadsheets.files.refused_file import RefusedFile

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A workbook or a PDF that was renamed.
NOT_TEXT = (b"PK\3\4", b"%PDF-")


def read(data, _first, _wanted, limits, rows):
    data = bytes(data)  # a map of a file can't count
    if data[:5].startswith(NOT_TEXT):
        raise RefusedFile("kind")
    if data.find(b"\0") >= 0:  # UTF-16 without a mark, or no text at all
        raise RefusedFile("not UTF-8")
    rows.start("")
    # Before the first row is read, and judged. A text of several lines is one row: then it is counted.
    if data.count(b"\n") + data.count(b"\r") > limits["rows"]:
        for number, texts in _rows(data, limits):
            if number > limits["rows"] + 1 and "".join(texts).strip():
                raise RefusedFile("rows")
    for number, texts in _rows(data, limits):
        rows.add(number, texts)


def _rows(data, limits):
    """Yields ``(number, texts)``."""
    raw = BytesIO(data)
    raw.seek(3 if data[:3] == BYTE_ORDER_MARK else 0)
    lines = TextIOWrapper(raw, "utf-8", newline="")
    reader = None
    try:
        first = lines.readline()
        _csv.field_size_limit(limits["cell_characters"])
        delimiter = max(",;\t", key=first.count)  # the comma where none is there
        reader = _csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
        most, last = limits["columns"], limits["rows"] + limits["empty_cells"]
        for number, texts in enumerate(reader, start=1):
            if len(texts) > most:
                _cut(texts, most)
            if number > last:  # only blank ones are left
                raise RefusedFile("blank lines")
            yield number, texts
    except UnicodeDecodeError:
        raise RefusedFile("not UTF-8") from None
    except _csv.Error as error:
        raise RefusedFile("long line" if "field limit" in str(error) else "line", reader.line_num) from None


def _cut(texts, most):
    """A row of a million commas: looked at as one text, not cell by cell."""
    if "".join(texts[most:]).strip():
        raise RefusedFile("columns")
    del texts[most:]


def _chained(first, lines):
    yield first
    yield from lines
