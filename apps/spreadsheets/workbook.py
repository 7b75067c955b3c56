"""Reads an uploaded workbook in a process of its own, which has little memory and little time.

``reading.py`` runs this file as a script; it imports nothing of the portal. stdin: the workbook. stdout: JSON, either
``{"rows": [["slug", "title_en"], …]}``, every cell as text, or ``{"refused": "rows", "where": ""}``.
A 1.7 kB workbook with the cells A1 and XFD1048576 hangs a reader that makes room for what lies between them: here
only cells with something in them count, and the first one beyond the limits ends it.
"""

import datetime
import json
import re
import resource
import sys
import zipfile
from io import BytesIO

ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)|_x00[01][0-9A-Fa-f]_")
NOT_DATE_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?")

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
GAPS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


class TooMuch(Exception):
    """Refused, and ``where`` it stood; ``reason`` is a key of ``reading.REASONS``."""

    def __init__(self, reason, where=""):
        self.reason, self.where = reason, where


class Cells:
    """The cells read so far, as ``rows`` of texts."""

    def __init__(self, limits):
        self.rows, self.room, self.limits = [], limits["characters"], limits

    def put(self, row, column, text):
        if not text:
            return
        if row > self.limits["rows"] + 1:
            raise TooMuch("rows")
        if column > self.limits["columns"]:
            raise TooMuch("columns")
        self.room -= len(text)
        if self.room < 0:
            raise TooMuch("characters")
        self.rows += [[] for _ in range(row - len(self.rows))]
        cells = self.rows[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = text


def cell_text(value, date_format=""):
    """``value`` as an editor reads it: 1964 for 1964.0; a date as exactly as its format has it (mmm-yy: 1964-12)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(sep=" ")
        value = value.date()
    if isinstance(value, datetime.date):
        letters = NOT_DATE_LETTERS.sub("", date_format).lower()
        whole = "d" in letters or not letters
        return value.isoformat()[: 10 if whole else 7 if "m" in letters else 4 if "y" in letters else 10]
    return str(value)


def read_xlsx(stream, limits):
    from openpyxl import load_workbook

    cells = Cells(limits)
    sheet = load_workbook(stream, read_only=True, data_only=True, keep_links=False).worksheets[0]
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    for row in sheet.rows:
        for cell in row:
            if cell.value is None:
                continue
            if cell.data_type == "e":
                raise TooMuch("error", cell.coordinate)
            text = cell_text(cell.value, cell.number_format if cell.data_type == "d" else "")
            cells.put(cell.row, cell.column, ESCAPED.sub(_unescaped, text))
    return cells.rows


def _unescaped(match):
    return "_" if match.group() == "_x005F_" else chr(int(match.group()[2:6], 16))


def read_ods(stream, limits):
    from defusedxml.ElementTree import iterparse

    cells, row = Cells(limits), 1
    with zipfile.ZipFile(stream) as package, package.open("content.xml") as content:
        for _event, element in iterparse(content, events=["end"], forbid_dtd=True):
            if element.tag == f"{TABLE}table-row":
                repeated = int(element.get(f"{TABLE}number-rows-repeated", 1))
                _read_ods_row(element, row, repeated, cells)
                row += repeated
                element.clear()
            elif element.tag == f"{TABLE}table":
                break
    return cells.rows


def _read_ods_row(element, row, repeated, cells):
    column = 1
    for cell in element:
        width = int(cell.get(f"{TABLE}number-columns-repeated", 1))
        text = _ods_text(cell) if cell.tag == f"{TABLE}table-cell" else ""
        for down in range(repeated if text else 0):
            for right in range(width):
                cells.put(row + down, column + right, text)
        column += width


def _ods_text(cell):
    kind = cell.get(f"{OFFICE}value-type", "")
    shown = "\n".join(_paragraph(each) for each in cell if each.tag == f"{TEXT}p")
    if kind in {"float", "percentage", "currency"}:
        return cell_text(float(cell.get(f"{OFFICE}value")))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value", "").capitalize()
    if kind == "date" and not YEAR_OR_MONTH.fullmatch(shown):
        return cell_text(datetime.datetime.fromisoformat(cell.get(f"{OFFICE}date-value")))
    return shown


def _paragraph(element):
    text = element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            # A space costs the file nothing: no more of them than a cell can hold.
            text += " " * min(int(child.get(f"{TEXT}c", 1)), 32_767)
        elif child.tag != f"{OFFICE}annotation":
            text += GAPS.get(child.tag) or _paragraph(child)
        text += child.tail or ""
    return text


READERS = {"xlsx": read_xlsx, "ods": read_ods}


def main(kind, limits):
    for what, most in [
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))
    try:
        answer = {"rows": READERS[kind](BytesIO(sys.stdin.buffer.read()), limits)}
    except TooMuch as refusal:
        answer = {"refused": refusal.reason, "where": refusal.where}
    except Exception:  # whatever a hostile file makes of the libraries: the editor gets a sentence
        answer = {"refused": "broken", "where": ""}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
