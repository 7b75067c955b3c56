"""What stands around the rows of an OpenDocument spreadsheet: styles, drop-down lists, tables, filters."""

from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.lists import LAST_ROW
from apps.spreadsheets.files.ods_parts import DECLARED, master_page
from apps.spreadsheets.files.package import XML, quoted

# Of a protected sheet the column to write in is another colour, with the grid drawn, which a fill hides.
HEAD, OPEN_HEAD, OPEN, LINE = "#e2eeec", "#0b5a54", "#fdf6e4", "#cfc8b8"
YEAR_TO_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
TO_MINUTE = (
    f'{YEAR_TO_DAY}<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
TO_SECOND = f'{TO_MINUTE}<number:text>:</number:text><number:seconds number:style="long"/>'
FORMATS = {
    "text": '<number:text-style style:name="as-text"><number:text-content/></number:text-style>',
    "day": f'<number:date-style style:name="as-day">{YEAR_TO_DAY}</number:date-style>',
    "minute": f'<number:date-style style:name="as-minute">{TO_MINUTE}</number:date-style>',
    "second": f'<number:date-style style:name="as-second">{TO_SECOND}</number:date-style>',
}
STYLES = ["head", "text", "strong", "number", "day", "minute", "second"]


def style(name, unlocked=False):
    return f"{name}-open" if unlocked else name


def validation(sheet, column):
    """The name of the drop-down list of a column; both by place, from 0."""
    return f"list-{sheet}-{column}"


def content_start(sheets, lists):
    styles = "".join(_cell_style(name, unlocked) for name in STYLES for unlocked in (False, True))
    styles += "".join(_sheet_styles(place, sheet) for place, sheet in enumerate(sheets))
    offers = "".join(
        _validation(sheet, place, number, column, _offer(column, lists, sheets[-1].title))
        for place, sheet in enumerate(sheets)
        for number, column in enumerate(sheet.columns)
        if column.choices
    )
    return (
        f'{XML}<office:document-content{DECLARED} office:version="1.2"><office:automatic-styles>'
        f"{''.join(FORMATS.values())}{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        + (f"<table:content-validations>{offers}</table:content-validations>" if offers else "")
    )


def _cell_style(name, unlocked):
    written_as = {"head": "text", "strong": "text", "number": ""}.get(name, name)
    data_style = f' style:data-style-name="as-{written_as}"' if written_as else ""
    head = name == "head"
    locked = "none" if unlocked and not head else "protected"
    colour = (OPEN_HEAD if head else OPEN) if unlocked else HEAD if head else ""
    fill = f' fo:background-color="{colour}" fo:border="0.5pt solid {LINE}"' if colour else ""
    white = ' fo:color="#ffffff"' if head and unlocked else ""
    bold = f'<style:text-properties fo:font-weight="bold" style:font-weight-complex="bold"{white}/>'
    bold = bold if name in {"head", "strong"} else ""
    return (
        f'<style:style style:name="{style(name, unlocked)}" style:family="table-cell"'
        f' style:parent-style-name="Default"{data_style}><style:table-cell-properties style:vertical-align="top"'
        f' fo:wrap-option="wrap" style:cell-protect="{locked}"{fill}/>{bold}</style:style>'
    )


def _sheet_styles(place, sheet):
    shown = str(not sheet.hidden).lower()
    columns = "".join(
        f'<style:style style:name="column-{place}-{number}" style:family="table-column">'
        # A character of the default font is about a fifth of a centimetre wide.
        f'<style:table-column-properties style:column-width="{column.width * 0.2:.1f}cm"/></style:style>'
        for number, column in enumerate(sheet.columns)
    )
    return (
        f'<style:style style:name="table-{place}" style:family="table" style:master-page-name="{master_page(sheet)}">'
        f'<style:table-properties table:display="{shown}"/></style:style>{columns}'
    )


def _offer(column, lists, title):
    place = lists.place(column.choices)
    if not place:
        return ";".join('"' + text + '"' for text in column.choices)
    (letter, first), (_letter, last) = place
    return f"[{_address(title, letter, first)}:{_address('', letter, last)}]"


def _validation(sheet, place, number, column, offer):
    """A list that helps and stops nobody: what is typed is judged on import."""
    return (
        f'<table:content-validation table:name="{validation(place, number)}"'
        f' table:condition="of:cell-content-is-in-list({quoted(offer)})" table:allow-empty-cell="true"'
        f' table:display-list="unsorted" table:base-cell-address="{quoted(_address(sheet.title, number + 1, 2))}">'
        '<table:error-message table:display="false"/></table:content-validation>'
    )


def _address(title, column, row):
    """``$'Sheet1'.$C$2``; without a title the rest of a range on the sheet that its start names."""
    name = "$'" + title.replace("'", "''") + "'" if title else ""
    return f"{name}.${letters_of(column)}${row}"


def table_start(place, sheet):
    columns = [
        f'<table:table-column table:style-name="column-{place}-{number}"'
        f' table:default-cell-style-name="{_empty(sheet, column)}"/>'
        for number, column in enumerate(sheet.columns)
    ]
    always = "".join(columns[: sheet.frozen])
    always = f"<table:table-header-columns>{always}</table:table-header-columns>" if always else ""
    protected = ' table:protected="true"' if sheet.protected else ""
    # Only LibreOffice's own words say that the locked cells can be selected, to copy from.
    allowed = '<loext:table-protection loext:select-protected-cells="true" loext:select-unprotected-cells="true"/>'
    return (
        f'<table:table table:name="{quoted(sheet.title)}" table:style-name="table-{place}"{protected}{_printed(sheet)}>'
        f"{allowed if sheet.protected else ''}{always}{''.join(columns[sheet.frozen :])}"
    )


def _printed(sheet):
    if not sheet.printed:
        return ""
    place = f"{_address(sheet.title, 1, 1)}:{_address(sheet.title, sheet.printed, LAST_ROW)}".replace("$", "")
    return f' table:print-ranges="{quoted(place)}"'


def _empty(sheet, column):
    """The style of a column's empty cells: dates are typed there as texts, or 1964-12 would become a day."""
    return style(column.style_when_empty, sheet.protected and column.writable)


def content_end(sheets, last_rows):
    ranges = ""
    for number, (sheet, last_row) in enumerate(zip(sheets, last_rows, strict=True)):
        if not sheet.hidden:
            place = f"{_address(sheet.title, 1, 1)}:{_address(sheet.title, len(sheet.columns), last_row)}"
            ranges += (
                # LibreOffice's own name for the one unnamed filter of a sheet.
                f'<table:database-range table:name="__Anonymous_Sheet_DB__{number}"'
                f' table:target-range-address="{quoted(place.replace("$", ""))}" table:display-filter-buttons="true"/>'
            )
    return (
        f"<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
