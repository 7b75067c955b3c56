"""What stands around the rows of an Excel workbook: its parts, the start and the end of a sheet, the styles."""

from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.lists import LAST_ROW
from apps.spreadsheets.files.package import XML, part, quoted

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Latin and Devanagari letters of one family, on every Windows since 8 and with every Office: Excel measures widths and
# heights with it. Calibri has no Devanagari, and Noto Sans is missing on Windows, so Excel would take whatever comes
# first. Where Nirmala UI is missing (LibreOffice on Debian), each script falls back to what the system has for it.
FONT = "Nirmala UI"
FORMATS = {"day": (164, "yyyy-mm-dd"), "minute": (165, "yyyy-mm-dd hh:mm"), "second": (166, "yyyy-mm-dd hh:mm:ss")}
TEXT_FORMAT = 49
STYLES = ["head", "text", "quoted", "number", "strong", *FORMATS]
# Of a protected sheet the column to write in is another colour, with the grid drawn, which a fill hides.
HEAD, OPEN_HEAD, OPEN = "FFE2EEEC", "FF0B5A54", "FFFDF6E4"
FILLS, LINE = ["", "", HEAD, OPEN_HEAD, OPEN], "FFCFC8B8"


def style(name, unlocked=False):
    return 1 + 2 * STYLES.index(name) + unlocked


def sheet_start(sheet, *, first):
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" style="{_empty(sheet, column)}" customWidth="1"/>'
        for number, column in enumerate(sheet.columns, start=1)
    )
    selected = ' tabSelected="1"' if first else ""
    fits = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if sheet.on_one_page else ""
    return (
        f'{XML}<worksheet xmlns="{MAIN}">{fits}<sheetViews><sheetView{selected} workbookViewId="0">'
        f"{_pane(sheet.frozen)}</sheetView></sheetViews>"
        f'<sheetFormatPr defaultRowHeight="16.5"/><cols>{columns}</cols><sheetData>'
    )


def _pane(frozen):
    """The header row, and so many columns, stay where they are."""
    if not frozen:
        return (
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
        )
    corner = f"{letters_of(frozen + 1)}2"
    return (
        f'<pane xSplit="{frozen}" ySplit="1" topLeftCell="{corner}" activePane="bottomRight" state="frozen"/>'
        '<selection pane="topRight"/><selection pane="bottomLeft"/>'
        f'<selection pane="bottomRight" activeCell="{corner}" sqref="{corner}"/>'
    )


def _empty(sheet, column):
    """The style of a column's empty cells: dates are typed there as texts, or 1964-12 would become a day."""
    return style(column.style_when_empty, sheet.protected and column.writable)


def sheet_end(sheet, last_row, lists, title_of_lists):
    protection = '<sheetProtection sheet="1" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
    fit = ' fitToWidth="1" fitToHeight="0"' if sheet.on_one_page else ""
    return "".join(
        [
            "</sheetData>",
            protection if sheet.protected else "",
            "" if sheet.hidden else f'<autoFilter ref="A1:{letters_of(len(sheet.columns))}{last_row}"/>',
            _validations(sheet, lists, title_of_lists),
            '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
            f'<pageSetup paperSize="9" orientation="landscape"{fit}/>',
            "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>",
        ]
    )


def _validations(sheet, lists, title):
    offers = []
    for number, column in enumerate(sheet.columns, start=1):
        if column.choices:
            place = lists.place(column.choices)
            formula = _range(title, *place) if place else '"' + ",".join(column.choices) + '"'
            below = f"{letters_of(number)}2:{letters_of(number)}{LAST_ROW}"
            offers.append(
                # Excel stops nobody: what is typed is judged on import, with a sentence that says what would be right.
                f'<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="{below}">'
                f"<formula1>{quoted(formula)}</formula1></dataValidation>"
            )
    return f'<dataValidations count="{len(offers)}">{"".join(offers)}</dataValidations>' if offers else ""


def _range(title, first, last):
    """``'Sheet1'!$A$1:$C$10``; ``first`` and ``last`` are (column, row), from 1."""
    title = title.replace("'", "''")
    return f"'{title}'!${letters_of(first[0])}${first[1]}:${letters_of(last[0])}${last[1]}"


def write_types(book, sheets):
    """First in the file: that is where programs look for what kind of file it is."""
    kinds = {"/xl/workbook.xml": f"{TYPES}.sheet.main+xml", "/xl/styles.xml": f"{TYPES}.styles+xml"}
    kinds |= {f"/xl/worksheets/sheet{number}.xml": f"{TYPES}.worksheet+xml" for number in range(1, len(sheets) + 1)}
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    book.writestr(
        part("[Content_Types].xml"),
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    )


def write_rest(book, sheets, last_rows):
    book.writestr(part("xl/styles.xml"), _styles())
    book.writestr(part("xl/workbook.xml"), _workbook(sheets, last_rows))
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    book.writestr(part("xl/_rels/workbook.xml.rels"), _relations(*targets, ("styles", "styles.xml")))
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    book.writestr(part("_rels/.rels"), _relations(("officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml")))
    book.writestr(
        part("docProps/core.xml"),
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{quoted(sheets[0].title)}</dc:title></cp:coreProperties>',
    )


def _relations(*targets):
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "/" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _workbook(sheets, last_rows):
    tabs, names = "", ""
    for number, (sheet, last_row) in enumerate(zip(sheets, last_rows, strict=True), start=1):
        state = ' state="hidden"' if sheet.hidden else ""
        tabs += f'<sheet name="{quoted(sheet.title)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        if not sheet.hidden:
            names += _names(sheet, number - 1, last_row)
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{tabs}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def _names(sheet, place, last_row):
    """What is filtered, what is printed, and what of it on every page."""
    title = sheet.title.replace("'", "''")
    always = [f"'{title}'!$A:${letters_of(sheet.frozen)}"] if sheet.frozen else []
    found = [
        ('_FilterDatabase" hidden="1', _range(sheet.title, (1, 1), (len(sheet.columns), last_row))),
        ("Print_Titles", ",".join([*always, f"'{title}'!$1:$1"])),
    ]
    if sheet.printed:
        found.append(("Print_Area", _range(sheet.title, (1, 1), (sheet.printed, last_row))))
    start = f'<definedName localSheetId="{place}" name="_xlnm.'
    return "".join(f'{start}{name}">{quoted(text)}</definedName>' for name, text in found)


def _styles():
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in FORMATS.values())
    font = f'<name val="{FONT}"/><family val="2"/>'
    cells = "".join(_style(name, unlocked) for name in STYLES for unlocked in (False, True))
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{formats}</numFmts>'
        f'<fonts count="3"><font><sz val="11"/>{font}</font><font><b/><sz val="11"/>{font}</font>'
        f'<font><b/><sz val="11"/><color rgb="FFFFFFFF"/>{font}</font></fonts>'
        f'<fills count="{len(FILLS)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{"".join(map(_fill, FILLS[2:]))}</fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{_lines()}</border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{1 + 2 * len(STYLES)}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{cells}'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _fill(colour):
    solid = f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill>'
    return f"<fill>{solid}</fill>"


def _lines():
    sides = ("left", "right", "top", "bottom")
    return "".join(f'<{side} style="thin"><color rgb="{LINE}"/></{side}>' for side in sides) + "<diagonal/>"


def _style(name, unlocked):
    """``unlocked``: of the column to write in, whose header is locked too."""
    number_format = FORMATS[name][0] if name in FORMATS else 0 if name == "number" else TEXT_FORMAT
    head, prefix = name == "head", ' quotePrefix="1"' if name == "quoted" else ""
    colour = (OPEN_HEAD if head else OPEN) if unlocked else HEAD if head else ""
    font, border = 2 if head and unlocked else int(head or name == "strong"), int(head or unlocked)
    return (
        f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{FILLS.index(colour)}" borderId="{border}" xfId="0"'
        f'{prefix} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
        ' applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/>'
        f'<protection locked="{int(head or not unlocked)}"/></xf>'
    )
