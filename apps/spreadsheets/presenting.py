"""What becomes of the rows of a sheet, as a page shows it: in the editor's own headings, word by word."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.html import format_html

from apps.languages.differences import Differences
from apps.languages.fields import column_place
from apps.languages.graphemes import shorten
from apps.spreadsheets.kinds import Sheets, sheet_named
from apps.spreadsheets.linking import address, record_behind, records_at
from apps.spreadsheets.outcomes import CHANGED, NEW, REFUSED
from apps.spreadsheets.translators.columns import source_label

ON_A_PAGE = 50
MOST_DOUBTS = 50
# Clusters of a heading, of what stood in a refused cell, and of a text of a new record.
LONGEST_LABEL, LONGEST_CELL, LONGEST_TEXT = 80, 120, 600
# Of a changed text: words, spaces and signs that are shown, and the letters of a word that is shown before and after.
MOST_PARTS, LONGEST_WORD = 300, 60
# Letters of whole texts on a page, folded up behind their shortened form; of those beyond only that form is shown.
MOST_WHOLE = 300_000


@dataclass
class ShownCell:
    """``html``: what changes, marked. ``language``: of the text, "" if it has none. ``whole``: the new text, where
    ``html`` has only some of it.
    """

    label: str
    language: str
    html: str
    whole: str = ""


@dataclass
class ShownRow:
    """``number``: in the file. ``sheet``: the title of its sheet, "" where there is only one. ``url``: of the page of
    its record, "" if there is none, or none for who asks.
    """

    number: int
    sheet: str
    name: str
    is_new: bool = False
    url: str = ""
    cells: list = field(default_factory=list)


@dataclass
class Complaint:
    """What is wrong with one cell of a refused row; with the row as a whole if there is no ``column``."""

    row: ShownRow
    column: str
    text: str
    sentences: list


@dataclass
class ShownDoubts:
    """``first``: ``[(ShownRow, label, sentence), …]``, the first of them."""

    first: list
    are_more: bool = False

    def __bool__(self):
        return bool(self.first)


def title_of(batch):
    return kind_of_sheet(batch.sheet)


def kind_of_sheet(name):
    """What kind of sheet it is, in words; the bare name of a kind that is no more."""
    try:
        return str(sheet_named(name).kind_title)
    except LookupError:
        return name


class Shown:
    """The rows of ``batch`` for a page."""

    def __init__(self, batch):
        self.batch, self.differences, self.whole_left = batch, Differences(), MOST_WHOLE

    def changes(self, start, end, request):
        """``[ShownRow, …]``, new and changed, in the order of the file."""
        outcomes = list(self.batch.outcomes((NEW, CHANGED), start, end))
        rows = [self._row(each, cells=True) for each in outcomes]
        for row, url in zip(rows, self._addresses(outcomes, request), strict=True):
            row.url = url
        return rows

    def complaints(self, start, end):
        """``[Complaint, …]`` of the refused rows from ``start`` to ``end``."""
        found = []
        for each in self.batch.outcomes((REFUSED,), start, end):
            row, by_column = self._row(each), {}
            for column, text, sentence in each.errors:
                by_column.setdefault((column, text), []).append(sentence)
            for (column, text), sentences in by_column.items():
                label = self.label(each, column) if column else ""
                found.append(Complaint(row, label, shorten(text, LONGEST_CELL), list(dict.fromkeys(sentences))))
        return found

    def doubts(self):
        """About texts that would be imported as they stand: what may be in an old Hindi font, and what the translate
        screen would ask.
        """
        parts = self.batch.parts.annotate(text=Cast("kept", TextField())).filter(text__contains='"doubts"')
        found = []
        for part in parts:
            for each in part.read():
                if each.kind != REFUSED:
                    found += [(self._row(each), self.label(each, name), sentence) for name, sentence in each.doubts]
            if len(found) > MOST_DOUBTS:
                break
        return ShownDoubts(found[:MOST_DOUBTS], are_more=len(found) > MOST_DOUBTS)

    def label(self, outcome, name):
        return shorten(self._sheets.label(outcome, name) if self._sheets else name, LONGEST_LABEL)

    # ------------------------------------------------------------------------------------------------------------------

    def _row(self, outcome, *, cells=False):
        shown = ShownRow(outcome.row, self._sheet(outcome), outcome.name, outcome.kind == NEW)
        if cells:
            shown.cells = [self._cell(outcome, name, *texts) for name, texts in outcome.cells.items()]
        if cells and outcome.source and self._sheets:
            language = self._sheets.first.source
            shown.cells.insert(0, ShownCell(str(source_label(language)), language, outcome.source))
        return shown

    def _addresses(self, outcomes, request):
        """For each of ``outcomes`` that of its record's page; what is not made yet, or gone again, has none."""
        if self._sheets is None:
            return [""] * len(outcomes)
        places = [record_behind(self._sheets.of(each), each) for each in outcomes]
        records = records_at(places)
        return [address(records[place], request) if place in records else "" for place in places]

    def _sheet(self, outcome):
        return self.batch.headings[outcome.sheet]["title"] if len(self.batch.headings) > 1 else ""

    def _cell(self, outcome, name, before, after):
        if outcome.kind == NEW:
            html = shorten_lines(after)
        elif are_single_words(before, after):
            # Of two numbers or dates the signs that differ would run together: 1987 and 1990 as 19871990.
            html = format_html("<del>{}</del> → <ins>{}</ins>", before, after)
        else:
            html = self.differences.html(before, after, most=MOST_PARTS)
        return ShownCell(self.label(outcome, name), self._language(outcome, name), html, self._whole(after))

    def _whole(self, text):
        if not LONGEST_TEXT < len(text) <= self.whole_left:
            return ""
        self.whole_left -= len(text)
        return text

    def _language(self, outcome, name):
        sheet = self._sheets and self._sheets.of(outcome)
        if target := getattr(sheet, "target", ""):  # of a translator's sheet, which has a row for each text
            return target
        place = column_place(sheet.model, name) if sheet else None
        return place[1] if place else ""

    @cached_property
    def _sheets(self):
        try:
            return Sheets(self.batch)
        except LookupError:
            return None


def are_single_words(*texts):
    return all(len(text) <= LONGEST_WORD and len(text.split()) == 1 for text in texts)


def shorten_lines(text):
    """``text`` with its lines, as long as a page of many rows can bear."""
    return text if len(text) <= LONGEST_TEXT else shorten(text, LONGEST_TEXT)
