"""Sheets to write and read back: short ways to both."""

import io

from hypothesis import strategies as st

from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.files.writing import OutColumn, OutSheet, write

KINDS = ["xlsx", "ods", "csv"]
# What a database can keep, and what of it programs take for something else.
AWKWARD = [
    *("=1+1", "'=x", "'abc", "''", "＝1", "@x", "-5", "--", "+", "{=1}", "\ufeff=1", "\ufeff"),
    *("007", "1964-12", "1955-04-18", "TRUE", "1e3", "12:30", "50%", "1/2", "#N/A", "[clear]"),
    *("  two  spaces ", "line\nbreak\n\n=3", "tab\there", "\t", "\n", "\n \n", "\u00a0", "a\u2028b\x85c"),
    *("_x0041_", "_x000D_", "_x005F_x0041_", "_xABCD\r", "a\rb", "\r\n", "<b>&amp;\"q\"</b>", "]]>", ",;"),
    *("दक्षिण आयोग, क्षेत्रीय सहयोग", "क्‍ष", "e\u0301", "😀"),
]  # fmt: skip
signs = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
lines = st.lists(st.text(signs, max_size=20) | st.sampled_from(AWKWARD), max_size=3).map("\n".join)


def file_of(kind, columns, rows, **sheet):
    """The bytes of a file with one sheet; ``columns``: headings or :class:`OutColumn`."""
    columns = [OutColumn(each) if isinstance(each, str) else each for each in columns]
    return book_of(kind, OutSheet(sheet.pop("title", "Events"), columns, iter(rows), **sheet))


def book_of(kind, *sheets):
    file = io.BytesIO()
    write(kind, list(sheets), file)
    return file.getvalue()


def rows_of(kind, data):
    """The rows of the first sheet below its header."""
    ((_title, rows),) = [(title, list(rows)) for title, rows in read_sheets(kind, data)]
    return [texts for _number, texts in rows[1:]]


def column_of(kind, texts, column=None):
    """``texts`` written as a column and read back, blank ones as "". Two others around: no text is the end of a row."""
    rows = [["-", text, "|"] for text in texts]
    data = file_of(kind, ["slug", column or OutColumn("Text"), "end"], rows)
    return [row[1] if row[1].strip() else "" for row in rows_of(kind, data)]
