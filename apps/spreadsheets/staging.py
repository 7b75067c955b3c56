"""Reading a sheet that came in: what each row would do is kept, part by part, until somebody confirms it."""

from dataclasses import dataclass
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.content.references import addresses_read_once
from apps.spreadsheets import corrections
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.guide import guide_titles
from apps.spreadsheets.headings import LONGEST, heading_of, knows, match_headings, refuse_nameless
from apps.spreadsheets.kinds import kinds_with, sheet_named
from apps.spreadsheets.models import Batch, BatchPart
from apps.spreadsheets.outcomes import KINDS, REFUSED
from apps.spreadsheets.records.made import Made
from apps.spreadsheets.refusals import Refused, nearest

# Rows that are read, judged and written together.
ROWS = 500
# More rows than these are left to the worker.
ROWS_AT_ONCE = 2000
# Rows that may wait for what stands below them.
MOST_WAITING = 5000


class TooManyAtOnce(Exception):
    """The file has more rows than whoever waits for a page should wait for."""


class Cancelled(Exception):
    """Nobody waits for this preview any more."""


def stage(batch, bringing, *, most=None, progress=None):
    """Reads the file of ``batch`` and keeps what it would do. Whatever was kept of an earlier attempt is forgotten.

    ``most``: :class:`TooManyAtOnce` is raised, and nothing kept, when the file has more rows.
    """
    batch.parts.all().delete()
    batch.problems, batch.headings, batch.done = [], [], 0
    with override(batch.language), addresses_read_once() as addresses:
        staging = Staging(batch, bringing, most, progress, Made(addresses))
        try:
            staging.run()
        except Refused as refusal:
            batch.problems = refusal.sentences
    guides = guide_titles()
    batch.unread = [title for title in staging.unread if title.strip().casefold() not in guides]
    for kind in KINDS:
        setattr(batch, kind, staging.counts[kind])
    batch.rows = batch.done = sum(staging.counts.values())
    # Not its state: somebody may have cancelled it meanwhile.
    batch.save(update_fields=["headings", "columns", "problems", "unread", *KINDS, "rows", "done"])


@dataclass
class _Sheet:
    judge: object
    title: str


class Staging:
    def __init__(self, batch, bringing, most, progress, made):
        self.batch, self.bringing, self.most, self.progress = batch, bringing, most, progress
        self.counts, self.number, self.sheets, self.made = dict.fromkeys(KINDS, 0), 0, [], made
        # {id: row} of the records whose rows are refused; and the ids that other rows need.
        self.refused, self.needed = {}, set()
        self.unread = []

    def run(self):
        first = sheet_named(self.batch.sheet)
        by_title = {title.casefold(): sheet for sheet in first.parts for title in sheet.titles}
        file = self.batch.file_kind, self.batch.read_file()
        for title, rows in read_sheets(*file, tuple(by_title), self.unread, first.titles):
            sheet = by_title.get(title.strip().casefold()) if self.sheets else first
            if sheet is not None:
                self.read(sheet, title, rows)
        self.refuse_misnamed(by_title)
        for each in self.sheets:
            # In one part, however many: they may name each other in circles.
            if each.judge.later:
                self.keep(each, each.judge.judge(each.judge.later, last=True))
        if not any(self.counts.values()):
            raise Refused(_("There are no rows under the names of the columns."))
        self.refuse_doubled()
        self.refuse_dependants()
        self.say_what_is_forbidden()
        self.batch.columns = sorted(map(list, {each for sheet in self.sheets for each in sheet.judge.written}))

    def refuse_misnamed(self, by_title):
        """A sheet beside the first whose name is nearly that of one that is read: its rows would be lost unseen."""
        there = {each.title.strip().casefold() for each in self.sheets}
        missing = {title: sheet for title, sheet in by_title.items() if not there & sheet.titles}
        sentences = []
        for title in self.unread:
            if sheet := missing.get(nearest(title, missing, likeness=0.7)):
                sentence = _("The sheet “%(title)s” is not read. Call it “%(name)s” and put it behind the first one.")
                sentences.append(sentence % {"title": title, "name": sheet.title})
        if sentences:
            raise Refused(*sentences)

    def read(self, sheet, title, rows):
        number, headers = next(rows, (1, []))
        # Kept also if they are refused: the file goes back with what is wrong at its header row.
        kept = {"title": title, "row": number, "places": {}, "headers": [each[:LONGEST] for each in headers]}
        self.batch.headings.append(kept)
        names = self.match(sheet, headers)
        places = kept["places"] = {name: place for place, name in enumerate(names) if name is not None}
        judge = sheet.judge(places, self.bringing, self.made, len(self.sheets))
        judge.by = self.batch.by
        each = _Sheet(judge, title)
        self.sheets.append(each)
        while batch := list(islice(rows, ROWS)):
            for _number, cells in batch:
                refuse_nameless(names, cells)
            self.keep(each, judge.judge(batch, last=len(judge.later) > MOST_WAITING))

    def match(self, sheet, headers):
        own = sheet.headings | corrections.headings()
        try:
            return match_headings(headers, own, sheet.keys)
        except Refused:
            # Of a file that was chosen on the wrong page it is no use to hear of each of its columns.
            if not self.sheets and not knows(headers, own) and (kinds := kinds_with(headers)):
                sentence = _("These are the columns of another kind of sheet: %(kinds)s. Bring it there.")
                raise Refused(sentence % {"kinds": " / ".join(kinds)}) from None
            raise

    def keep(self, sheet, outcomes):
        for each in outcomes:
            self.counts[each.kind] += 1
            if each.kind == REFUSED and each.pk:
                self.refused[each.pk] = each.row
            self.needed.update(each.needs)
        said = [each for each in outcomes if each.kind != "same"]
        most = sheet.judge.rows_a_part or len(outcomes)
        for start in range(0, len(said), most or 1):
            part = BatchPart(batch=self.batch, number=self.number, sheet=sheet.judge.number)
            part.keep(said[start : start + most])
            part.save()
            self.number += 1
        self.batch.done += len(outcomes)
        if self.most and self.batch.done > self.most:
            raise TooManyAtOnce
        reading = Batch.objects.filter(pk=self.batch.pk, state=Batch.State.READING)
        if not reading.update(done=self.batch.done, moved_at=timezone.now()):
            raise Cancelled
        if self.progress:
            self.progress(self.batch.done)

    def refuse_doubled(self):
        """Of two rows about one record nobody but the editor knows which is meant."""
        for sheet in self.sheets:
            if not (doubled := sheet.judge.doubled):
                continue
            for part in self.batch.each_part(self.batch.parts.filter(sheet=sheet.judge.number, writes__gt=0)):
                outcomes = part.read()
                for each in outcomes:
                    if each.kind != REFUSED and each.row in doubled:
                        sentence = _("Row %(row)s is about the same. Keep one of the two.")
                        self.refuse(each, sentence % {"row": doubled[each.row]})
                part.keep(outcomes)
                part.save()

    def refuse_dependants(self):
        """A row that names a record which another row, refused, would have made is refused with it; and so is one that
        takes the place which that row would have left.
        """
        gone = set(self.refused) & self.needed
        while gone:
            refused = set()
            for part in self.batch.each_part(self.batch.parts.filter(writes__gt=0)):
                outcomes = part.read()
                dependants = [each for each in outcomes if each.kind != REFUSED and gone.intersection(each.needs)]
                for each in dependants:
                    row = min(self.refused[pk] for pk in gone.intersection(each.needs))
                    self.refuse(each, _("It needs what row %(row)s does, and that row is refused.") % {"row": row})
                    refused.add(each.pk)
                if dependants:
                    part.keep(outcomes)
                    part.save()
            gone = refused

    def refuse(self, outcome, sentence):
        self.counts[outcome.kind] -= 1
        self.counts[REFUSED] += 1
        outcome.refuse("", "", sentence)
        self.refused[outcome.pk] = outcome.row

    def say_what_is_forbidden(self):
        for sheet in self.sheets:
            for name, row in sheet.judge.forbidden.items():
                heading = heading_of(self.batch.headings[sheet.judge.number], name)
                if name:
                    sentence = _("Row %(row)s changes “%(column)s”, which you may not. Take its change back.")
                else:
                    sentence = _("Row %(row)s would make a new record, which you may not. Delete the row.")
                self.batch.problems.append(sentence % {"row": row, "column": heading})
