"""A table of texts as the bytes of a file. Nothing in it can run, and reading it back gives the same texts."""

import csv
import io
import re
import zipfile
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from apps.spreadsheets.inert import inert, looks_like_formula
from apps.spreadsheets.refusals import Refused

# No file format of ours can hold these, and an editor can't see them.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XLSX_CELL = 32_767
# Excel reads _x0041_ in a text as A.
READ_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
TOP, PLAIN, BOLD = Alignment(vertical="top", wrap_text=True), Font(), Font(bold=True)
SPACES = re.compile(r"\t|^ +| {2,}| +$")

ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    + "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "table", "text")
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    '</style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Sheet1">'
)
ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def check_texts(rows, *, longest=None):
    """Refuses what the file can't hold, naming the cell. ``rows``: the header first, a row's first cell names it."""
    headers, *rest = rows
    for row in rest:
        for header, text in zip(headers, row, strict=True):
            place = {"column": header, "row": row[0]}
            if hidden := INVISIBLE.search(text):
                place["place"] = hidden.start() + 1
                raise Refused(
                    _("Character %(place)s of “%(column)s” in “%(row)s” is invisible and fits no file. Delete it.")
                    % place
                )
            if longest and len(text.encode("utf-16-le")) // 2 > longest:
                place["longest"] = longest
                raise Refused(
                    _("“%(column)s” of “%(row)s” is longer than an Excel cell: %(longest)s characters. Export CSV.")
                    % place
                )


def to_csv(rows):
    """With a byte order mark: without it Excel shows Hindi as rubbish."""
    check_texts(rows)
    stream = io.StringIO()
    csv.writer(stream).writerows([[inert(text) for text in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(rows):
    """Every cell a text, formatted as text: Excel then turns neither ``=1+1`` nor ``1964-12`` into something else."""
    check_texts(rows, longest=XLSX_CELL)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    for number in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 28
    for number, row in enumerate(rows):
        sheet.append([_xlsx_cell(sheet, text, bold=number == 0) for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xlsx_cell(sheet, text, *, bold):
    cell = WriteOnlyCell(sheet, READ_AS_ESCAPE.sub("_x005F_", text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = TOP
    cell.font = BOLD if bold else PLAIN
    cell.quotePrefix = looks_like_formula(text)
    return cell


def to_ods(rows):
    check_texts(rows)
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(text, head=number == 0) for text in row)}</table:table-row>"
        for number, row in enumerate(rows)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODS_KIND, zipfile.ZIP_STORED)
        package.writestr("content.xml", ODS_START + body + ODS_END)
        package.writestr("META-INF/manifest.xml", ODS_MANIFEST)
    return stream.getvalue()


def _ods_cell(text, *, head):
    if not text:
        return "<table:table-cell/>"
    style = ' table:style-name="head"' if head else ""
    lines = "".join(f"<text:p>{SPACES.sub(_ods_space, escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string"{style}>{lines}</table:table-cell>'


def _ods_space(match):
    return "<text:tab/>" if match.group() == "\t" else f'<text:s text:c="{len(match.group())}"/>'
