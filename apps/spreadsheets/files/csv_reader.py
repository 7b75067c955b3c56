"""The rows of a CSV file of any program: comma, semicolon or tab, with or without a byte order mark."""

import _csv  # csv itself imports re, which takes longer than reading a small file
from io import BytesIO, TextIOWrapper

from apps.spreadsheets.files.refused_file import RefusedFile

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A workbook or a PDF that was renamed.
NOT_TEXT = (b"PK\3\4", b"%PDF-")


def read(data, _wanted, limits, rows):
    if data[:5].startswith(NOT_TEXT):
        raise RefusedFile("kind")
    if data.find(b"\0") >= 0:  # UTF-16 without a mark, or no text at all
        raise RefusedFile("not UTF-8")
    raw = BytesIO(data)
    raw.seek(3 if data[:3] == BYTE_ORDER_MARK else 0)
    lines = TextIOWrapper(raw, "utf-8", newline="")
    rows.start("")
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
            rows.add(number, texts)
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
