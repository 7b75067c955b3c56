"""What an XLSX package says beside its sheets: which sheets there are, the shared strings, the number formats.

ECMA-376 part 1: 18.2 (workbook), 18.4 (shared strings), 18.8 (styles); part 2, 9.3 (relationships).
"""

from posixpath import dirname, join, normpath

from apps.spreadsheets.files.number_formats import BUILT_IN, DAY_0, DAY_0_IN_1904, shown_parts
from apps.spreadsheets.files.refused_file import RefusedFile
from apps.spreadsheets.files.shortening import shortened_strings, without
from apps.spreadsheets.files.xml_stream import local, parse

TRUE = ("1", "true", "on")
# Excel has at most some 250; each is looked at letter by letter.
MOST_FORMATS = 5000
# On average, of as many texts as are read.
RUNS_OF_A_TEXT = 3


class Workbook:
    """``sheets``: ``[(title, part)]`` of the visible ones in order; ``first_day`` of its dates.

    ``strings`` and ``formats`` (what each cell style shows of a date) by number.
    """

    def __init__(self, archive, limits):
        self.archive, self.limits = archive, limits
        self.room = limits["empty_cells"]
        self.sheets, self.first_day, self.strings, self.formats = [], DAY_0, [], []
        book = next(iter(self._related("", "officeDocument").values()), "xl/workbook.xml")
        if book not in archive:
            raise RefusedFile("kind")
        self._read_sheets(book)
        for part in self._related(book, "styles").values():
            self._read_styles(part)
        for part in self._related(book, "sharedStrings").values():
            self._read_strings(part)

    def _related(self, part, kind):
        """``{id: part}`` of the parts of that kind that ``part`` names."""
        found = {}
        folder = dirname(part)
        relations = join(folder, "_rels", f"{part[len(folder) :].lstrip('/')}.rels")

        def start(name, attributes):
            self.count()
            if attributes.get("Type", "").endswith(f"/{kind}") and attributes.get("TargetMode") != "External":
                found[attributes["Id"]] = normpath(join("/", folder, attributes["Target"])).lstrip("/")

        if relations in self.archive:
            self._parse(relations, start)
        return found

    def count(self):
        self.room -= 1
        if self.room < 0:
            raise RefusedFile("empty")

    def _parse(self, part, start, end=None, texts=None):
        parse(self.archive.pieces(part), start, end, texts, self.limits["cell_characters"])

    def _read_sheets(self, book):
        parts = self._related(book, "worksheet")

        def start(name, attributes):
            self.count()
            kind = local(name)
            if kind == "workbookPr" and attributes.get("date1904") in TRUE:
                self.first_day = DAY_0_IN_1904
            elif kind == "sheet" and attributes.get("state", "visible") == "visible":
                part = parts.get(next((value for name, value in attributes.items() if name.endswith(":id")), ""))
                if part:  # a sheet of charts has none
                    self.sheets.append((attributes.get("name", ""), part))
            if len(self.sheets) > self.limits["members"]:
                raise RefusedFile("members")

        self._parse(book, start)

    def _read_styles(self, part):
        codes, inside, seen = dict(BUILT_IN), [], []

        def start(name, attributes):
            self.count()
            kind = local(name)
            if kind == "cellXfs":
                inside.append(True)
            elif kind == "numFmt":
                seen.append(True)
                if len(seen) > MOST_FORMATS:
                    raise RefusedFile("empty")
                codes[int(attributes["numFmtId"])] = shown_parts(attributes["formatCode"][:255])
            elif kind == "xf" and inside:
                self.formats.append(codes.get(int(attributes.get("numFmtId", 0)), frozenset()))

        def end(name):
            if inside and local(name) == "cellXfs":
                inside.pop()

        self._parse(part, start, end)

    def _read_strings(self, part):
        """Runs of a rich text joined; its reading aids (``rPh``) left out."""
        texts, runs, strings, aids = [], [], self.strings, []
        characters, empty, longest = self.limits["characters"], self.room, self.limits["cell_characters"]

        def start(name, _attributes):
            nonlocal empty
            empty -= 1
            if local(name) == "rPh":
                aids.append(True)
            texts.clear()

        def end(name):
            nonlocal characters, empty
            kind = local(name)
            if kind == "t" and not aids:
                runs.extend(texts)
            elif kind == "si":
                text = "".join(runs or texts)
                runs.clear()
                characters -= len(text)
                if len(text) > longest:
                    raise RefusedFile("cell")
                strings.append(unescaped(text) if "_x" in text else text)
                empty += 3 if text else 0
            elif kind == "rPh" and aids:
                aids.pop()
            texts.clear()

        def check():
            if characters < 0 or sum(map(len, runs)) > longest:
                raise RefusedFile("characters" if characters < 0 else "cell")
            if empty < 0 or len(strings) > 2 * self.limits["empty_cells"]:
                raise RefusedFile("empty")

        runs_at_most = RUNS_OF_A_TEXT * 2 * self.limits["empty_cells"]
        pieces = shortened_strings(without(self.archive.pieces(part), b"rPr", runs_at_most))
        parse(pieces, start, end, texts, longest, check)


def unescaped(text):
    """What Excel writes as ``_x000D_``, since XML can't hold it, and ``_x005F_`` before what only looks like that.
    Nobody typed ``_x0000_``, and no database holds it: it stays as it stands.
    """
    import re

    return re.sub(
        r"_x005F_(?=x[0-9A-Fa-f]{4}_)|_x00(?!00)[01][0-9A-Fa-f]_",
        lambda match: "_" if match.group() == "_x005F_" else chr(int(match.group()[2:6], 16)),
        text,
    )
