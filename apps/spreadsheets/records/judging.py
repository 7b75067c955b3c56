"""What the rows of a sheet would do, told from what the records say now. Nothing is written here.

Rows come in batches: whatever has to be asked of the database is asked once for all of them. A record is only made of
a row that says something new, and then checked by the rules of the admin form.
"""

from django.db.models import F

from apps.content.bulk import blank_records
from apps.content.models import Content, wrong_addresses
from apps.languages.fields import column, reading_order
from apps.languages.fields import columns as translations
from apps.spreadsheets.keys import names_in_order
from apps.spreadsheets.records.case import Case
from apps.spreadsheets.records.drafts import ROWS_A_PART
from apps.spreadsheets.records.uniqueness import Uniqueness


class Judge:
    """Of one sheet of one file. ``places``: ``{column name: place}`` of its columns, the version's among them.

    ``bringing``: what whoever brings it may write. ``made``: a :class:`~apps.spreadsheets.records.made.Made`, shared by
    the sheets of the file. ``number``: which of the file's sheets it is.
    """

    def __init__(self, sheet, places, bringing, made, number=0, working=None):
        self.sheet, self.places, self.bringing, self.made, self.number = sheet, places, bringing, made, number
        self.columns = [sheet.columns[name] for name in places if name in sheet.columns]
        self.keys = [sheet.columns[name] for name in sheet.keys]
        compared = [column for column in self.columns if column.name not in sheet.keys]
        # As tuples: this is looked at for every cell of every row.
        self.compared = [
            (column, places[column.name], column.stored[0] if column.stored else column.name) for column in compared
        ]
        # {column or "": row}: what the file brings although whoever brings it may not.
        self.forbidden = {}
        # {(label of the model, column)}: where it changes something.
        self.written = set()
        self.working = working
        # Of those that are judged together as many are written together; None for all.
        self.rows_a_part = None if bringing.everything else ROWS_A_PART
        # Of this batch of rows: {pk: (what its draft says, what readers see)}.
        self.drafts = {}
        self.rows_by_key = {}
        # {row: the first one below it that is about the same record}
        self.doubled = {}
        self.names = names_in_order(sheet.model)
        # The columns of what a record is called, in the order in which they are read.
        label = sheet.model.label_field
        self.label = [column(label, code) for code in reading_order()] if label else []
        self.uniqueness = Uniqueness(sheet.model)
        self.blank = blank_records(sheet.model)
        self.is_content = issubclass(sheet.model, Content)
        self.markdown = {each for name in sheet.model.markdown_fields for each in translations(name)}
        # Rows that wait for those below them: what they name may stand there.
        self.later = []
        # Who brings the file; None for somebody at the server's terminal.
        self.by = None
        self._ids = None

    # --- A batch ------------------------------------------------------------------------------------------------------

    def judge(self, rows, *, last=False):
        """``[Outcome, …]`` for ``rows``, ``[(number, [text, …]), …]``. ``last``: there are no rows below them."""
        cases = [Case(self, number, cells) for number, cells in rows]
        for case in cases:
            case.find()
        known = self._known({case.pk for case in cases if case.exists})
        for case in cases:
            if case.exists:
                case.compare(known[case.pk])
            elif not case.outcome.errors:
                case.begin()
        self._check([case for case in cases if case.values or case.is_new], last=last)
        waiting = [] if last else self._waiting(cases)
        self.later += [(case.outcome.row, case.cells) for case in waiting]
        return [case.outcome for case in cases if last or not case.waits]

    def _waiting(self, cases):
        """Those that wait for rows below them; and those that need one of these, or they would be written before it."""
        waiting, more = self.made.waiting, True
        while more:
            waiting |= {case.outcome.pk for case in cases if case.waits}
            more = [case for case in cases if not case.waits and case.needs(waiting)]
            for case in more:
                case.waits = True
        return [case for case in cases if case.waits]

    def _known(self, pks):
        known = self.sheet.rows_of(pks)
        self.drafts = {}
        if not self.bringing.everything and self.working:
            for pk, texts in self.working(self.sheet.model, list(pks)).items():
                self.drafts[pk] = (texts, dict(known[pk]))
                known[pk].update(texts)
        return known

    @property
    def ids(self):
        """``{key: id}`` of every record there is, and of those that the file makes."""
        if self._ids is None:
            names = [name for column in self.keys for name in column.stored]
            rows = self.sheet.model._base_manager.order_by().annotate(own=F("pk")).values_list("own", *names)
            self._ids = {tuple(key): pk for pk, *key in rows}
        return self._ids

    # --- The rules of the form ----------------------------------------------------------------------------------------

    def _check(self, cases, *, last):
        there = self._records([case.pk for case in cases if case.exists])
        for case in cases:
            case.fill(there.get(case.pk))
        if self.is_content:
            self._check_addresses(cases)
        for case in cases:
            case.check(last=last)

    def _records(self, pks):
        names = [field.name for field in self.sheet.model._meta.fields if field.many_to_one and not field.null]
        rows = self.sheet.model._base_manager.filter(pk__in=pks).select_related(*names)
        return {record.pk: record for record in rows}

    def _check_addresses(self, cases):
        # An old one keeps its own.
        wrong = wrong_addresses(self.sheet.model, {case.pk: case.record.slug for case in cases if case.is_new})
        for case in cases:
            case.record.address_is_checked = True
            if case.pk in wrong:
                case.refuse("slug", *wrong[case.pk])
