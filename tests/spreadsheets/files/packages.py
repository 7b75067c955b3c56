"""Workbooks to read, written by hand: also such as no program writes. Contents are texts, bytes, or many of them."""

import struct
import zipfile
from io import BytesIO

from apps.spreadsheets.files.reading import read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN_DOCUMENT = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "table", "text", "number")
)
MEGABYTE = 1 << 20


def texts(kind, data):
    """The rows of the first sheet, without their numbers."""
    return [row for _number, row in first(kind, data)]


def first(kind, data):
    sheets = read_sheets(kind, data)
    _title, rows = next(sheets)
    return list(rows)


def package(members):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in members.items():
            with file.open(name, "w") as member:
                for each in [content] if isinstance(content, (str, bytes)) else content:
                    member.write(each.encode() if isinstance(each, str) else each)
    return stream.getvalue()


def members(rows="", *, sheets=None, strings=None, styles=None, before="", book=""):
    """Of an XLSX. ``sheets``: ``{title: rows}`` instead of one; ``strings``, ``styles``: what is in these parts."""
    sheets = sheets or {"Sheet1": rows}
    kinds = {f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(len(sheets))}
    found = {}
    for number, content in enumerate(sheets.values()):
        content = [content] if isinstance(content, (str, bytes)) else content
        start, end = f'{before}<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
        found[f"xl/worksheets/sheet{number}.xml"] = [start, *content, end]
    if strings is not None:
        kinds["strings"] = ("sharedStrings", "sharedStrings.xml")
        found["xl/sharedStrings.xml"] = [
            before,
            "<sst>",
            *([strings] if isinstance(strings, str) else strings),
            "</sst>",
        ]
    if styles is not None:
        kinds["styles"] = ("styles", "/xl/styles.xml")
        found["xl/styles.xml"] = f"{before}<styleSheet>{styles}</styleSheet>"
    tabs = "".join(f'<sheet name="{title}" r:id="s{number}"/>' for number, title in enumerate(sheets))
    found["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{book}<sheets>{tabs}</sheets></workbook>'
    )
    found["xl/_rels/workbook.xml.rels"] = "".join(
        [
            "<Relationships>",
            *(
                f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{to}"/>'
                for key, (kind, to) in kinds.items()
            ),
            "</Relationships>",
        ]
    )
    return found


def xlsx(*args, **kwargs):
    return package(members(*args, **kwargs))


def inline(text, place=""):
    return f'<c{f" r={chr(34)}{place}{chr(34)}" if place else ""} t="inlineStr"><is><t>{text}</t></is></c>'


def row(*cells):
    return f"<row>{''.join(cells)}</row>"


def ods(rows="", *, before="", styles="", sheet=' table:name="Sheet1"'):
    rows = [rows] if isinstance(rows, (str, bytes)) else rows
    start = (
        f"{before}<office:document-content{OPEN_DOCUMENT}><office:automatic-styles>{styles}</office:automatic-styles>"
    )
    start += f"<office:body><office:spreadsheet><table:table{sheet}>"
    end = "</table:table></office:spreadsheet></office:body></office:document-content>"
    return package({"content.xml": [start, *rows, end]})


def ods_row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def ods_cell(text, repeated=1, attributes=""):
    columns = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-cell{columns} {attributes}><text:p>{text}</text:p></table:table-cell>"


def huge(start, end, letter="x"):
    """A text of 100 MB between ``start`` and ``end``."""
    return [start, *[letter * MEGABYTE] * 100, end]


def locked(data):
    """As if encrypted: the first flag of every member."""
    data = bytearray(data)
    for mark, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + flags] |= 1
    return bytes(data)


def with_long_extras(count):
    """``count`` members that say "see ZIP64" and then 64 kB of fields that are none: a walk through each takes long."""
    extra = struct.pack("<2H", 0x7777, 0) * 16_383
    files, entries = bytearray(), bytearray()
    for number in range(count):
        name = b"%04d" % number
        entries += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\1\2", 20, 20, 0, 0, 0, 0),
            *(0, 0, 0xFFFFFFFF),
            *(4, len(extra), 0, 0, 0, 0, len(files)),
        )
        entries += name + extra
        files += struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 4, 0) + name
    return bytes(files + entries) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), len(files), 0)


def with_false_size(data, name, size):
    info = zipfile.ZipFile(BytesIO(data)).getinfo(name)
    about = struct.Struct("<3L")
    return data.replace(
        about.pack(info.CRC, info.compress_size, info.file_size), about.pack(info.CRC, info.compress_size, size)
    )


def with_overlap(data):
    """The list of contents leads two members to the same bytes."""
    end = data.rfind(b"PK\5\6")
    count, _, size, at = struct.unpack_from("<2H2L", data, end + 8)[0:4]
    entries = data[at : at + size]
    last = entries[entries.rindex(b"PK\1\2") :]
    return (
        data[: at + size]
        + last[:46]
        + last[46:].swapcase()[: len(last) - 46]
        + data[end : end + 8]
        + struct.pack("<2H2L", count + 1, count + 1, size + len(last), at)
        + data[end + 20 :]
    )
