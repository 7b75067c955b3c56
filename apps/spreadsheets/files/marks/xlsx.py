"""Marks an Excel workbook: which of its members are the sheets, their shared texts and their formats."""

import posixpath

from apps.spreadsheets.files.marks.wanted import Unmarkable
from apps.spreadsheets.files.marks.xlsx_sheet import Sheet
from apps.spreadsheets.files.marks.xlsx_styles import Styles
from apps.spreadsheets.files.marks.xml_edits import Stop, applied, scan

BOOK = "xl/workbook.xml"


def mark(archive, wanted):
    """The changed members: ``{name: pieces}``. ``wanted``: ``{title casefolded, "" for the first sheet: Wanted}``."""
    parts, styles, changes = _parts(archive), None, {}
    for title, path in _sheets(archive, parts, wanted):
        styles = styles or Styles(archive.read(parts["styles"]))
        source = archive.read(path)
        edits = Sheet(source, wanted[title], styles, lambda numbers: _shared(archive, parts, numbers)).edits()
        if edits:
            changes[path] = applied(source, edits)
    if styles and styles.changed():
        changes[parts["styles"]] = styles.pieces()
    return changes


def _parts(archive):
    """The members that the workbook names: ``{kind: member}``, and sheets also as ``{(its number,): member}``."""
    parts = {}

    def start(_name, attributes, _position):
        if "Target" in attributes and attributes.get("TargetMode") != "External":
            member = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            kind = attributes["Type"].rpartition("/")[2]
            parts.setdefault(kind, member)
            if kind == "worksheet":
                parts[attributes["Id"],] = member

    scan(archive.read("xl/_rels/workbook.xml.rels"), start, lambda *_: None)
    if "styles" not in parts or "vbaProject" in parts:
        raise Unmarkable("structure")
    return parts


def _sheets(archive, parts, wanted):
    """``[(key of wanted, member), …]``; hidden sheets are nobody's: the reader passes them over."""
    sheets = []

    def start(name, attributes, _position):
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        shown = attributes.get("state", "visible") == "visible"
        if name.rpartition(":")[2] == "sheet" and (relation,) in parts and shown:
            sheets.append((attributes["name"].strip().casefold(), parts[relation,]))

    scan(archive.read(BOOK), start, lambda *_: None)
    if sheets and "" in wanted:
        sheets[0] = ("", sheets[0][1])
    found = {}
    for title, member in sheets:
        found.setdefault(title, member)
    if wanted.keys() - found.keys():
        raise Unmarkable("structure")
    return [(title, found[title]) for title in wanted]


def _shared(archive, parts, numbers):
    """``{number: text}`` of the shared texts ``numbers``; reads no further than the last of them."""
    found, state = {}, {"number": -1, "text": False, "sound": 0}
    if not numbers or "sharedStrings" not in parts:
        return found

    def start(name, _attributes, _position):
        local = name.rpartition(":")[2]
        if local == "si":
            state["number"] += 1
            if state["number"] > max(numbers):
                raise Stop
        state["text"] = local == "t" and not state["sound"]
        state["sound"] += local == "rPh"

    def end(name, _position):
        state["text"] = False
        state["sound"] -= name.rpartition(":")[2] == "rPh"

    def characters(text):
        if state["text"] and state["number"] in numbers:
            found[state["number"]] = found.get(state["number"], "") + text

    scan(archive.read(parts["sharedStrings"]), start, end, characters)
    return found
