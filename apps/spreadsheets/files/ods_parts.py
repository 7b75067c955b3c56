"""The parts of an OpenDocument spreadsheet beside its content: type, fonts, frozen rows, title."""

from apps.spreadsheets.files.package import XML, part, quoted

MIME = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    **{name: f"{OASIS}:{name}:1.0" for name in ("office", "style", "table", "text", "config", "meta")},
    "number": f"{OASIS}:datastyle:1.0",
    "fo": f"{OASIS}:xsl-fo-compatible:1.0",
    "of": f"{OASIS}:of:1.2",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ooo": "http://openoffice.org/2004/office",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
DECLARED = "".join(f' xmlns:{name}="{address}"' for name, address in SPACES.items())

# OpenDocument has a font and a language for each script: Latin, and "complex", which Devanagari is. LibreOffice, which
# these files are for, brings neither font along everywhere; where one is missing it takes what the system has.
FONTS = {"": "Noto Sans", "-complex": "Noto Sans Devanagari"}
PAGES = {"any-width": "", "one-page-wide": ' style:scale-to-X="1" style:scale-to-Y="0"'}


def write_first(book, sheets):
    """The type comes first, and not packed: programs look for it at a fixed place."""
    book.writestr(part("mimetype", stored=True), MIME)
    files = {"/": MIME, **dict.fromkeys(["content.xml", "styles.xml", "settings.xml", "meta.xml"], "text/xml")}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in files.items()
    )
    book.writestr(
        part("META-INF/manifest.xml"),
        f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.2">'
        f"{entries}</manifest:manifest>",
    )
    title = f"<office:meta><dc:title>{quoted(sheets[0].title)}</dc:title></office:meta>"
    for name, inside in [("styles", _default_style()), ("settings", _panes(sheets)), ("meta", title)]:
        document = f"office:document-{name}"
        book.writestr(part(f"{name}.xml"), f'{XML}<{document}{DECLARED} office:version="1.2">{inside}</{document}>')


def _default_style():
    faces = "".join(f' style:font-family{script}="{font}"' for script, font in FONTS.items())
    faces = faces.replace("style:font-family=", "fo:font-family=")
    sizes = ' fo:font-size="10pt" style:font-size-complex="11pt"'
    languages = ' fo:language="en" fo:country="IN" style:language-complex="hi" style:country-complex="IN"'
    return (
        '<office:styles><style:default-style style:family="table-cell">'
        f"<style:text-properties{faces}{sizes}{languages}/></style:default-style>"
        '<style:style style:name="Default" style:family="table-cell"/></office:styles>'
        f"<office:automatic-styles>{''.join(map(_page_layout, PAGES))}</office:automatic-styles>"
        f"<office:master-styles>{''.join(map(_master_page, PAGES))}</office:master-styles>"
    )


def master_page(sheet):
    return "one-page-wide" if sheet.on_one_page else "any-width"


def _page_layout(name):
    """A4 across; as many pages long as it takes."""
    return (
        f'<style:page-layout style:name="layout-{name}"><style:page-layout-properties fo:page-width="29.7cm"'
        f' fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.3cm"{PAGES[name]}/>'
        f"<style:header-style/><style:footer-style/></style:page-layout>"
    )


def _master_page(name):
    footer = "<text:p><text:sheet-name/> · <text:page-number/> / <text:page-count/></text:p>"
    return (
        f'<style:master-page style:name="{name}" style:page-layout-name="layout-{name}">'
        f'<style:header style:display="false"/><style:footer>{footer}</style:footer></style:master-page>'
    )


def _panes(sheets):
    """What stays in sight of every sheet."""
    tables = "".join(
        f'<config:config-item-map-entry config:name="{quoted(sheet.title)}">{_pane(sheet.frozen)}'
        "</config:config-item-map-entry>"
        for sheet in sheets
    )
    return (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'{_item("ViewId", "string", "view1")}<config:config-item-map-named config:name="Tables">{tables}'
        f"</config:config-item-map-named>{_item('ActiveTable', 'string', quoted(sheets[0].title))}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
    )


def _pane(columns):
    """The header row stays where it is, and so many ``columns``."""
    frozen = {"VerticalSplitMode": ("short", 2), "VerticalSplitPosition": ("int", 1), "PositionBottom": ("int", 1)}
    frozen |= {"ActiveSplitRange": ("short", 3 if columns else 2), "CursorPositionY": ("int", 1)}
    if columns:
        frozen |= {"HorizontalSplitMode": ("short", 2), "HorizontalSplitPosition": ("int", columns)}
        frozen |= {"PositionRight": ("int", columns), "CursorPositionX": ("int", columns)}
    return "".join(_item(name, *value) for name, value in frozen.items())


def _item(name, kind, value):
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
