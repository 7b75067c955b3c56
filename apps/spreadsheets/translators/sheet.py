"""The translator's sheet: all texts of the portal from one language into another, over all kinds of record at once."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.languages.fields import in_every_language, own_name
from apps.spreadsheets.exporting import to_file
from apps.spreadsheets.files.writing import OutColumn, OutSheet
from apps.spreadsheets.guide import guide
from apps.spreadsheets.headings import accepted_headings
from apps.spreadsheets.outcomes import REFUSED
from apps.spreadsheets.records.drafts import put_back_changes, touched_changes, write_changes
from apps.spreadsheets.records.wholes import working_wholes
from apps.spreadsheets.translators.addresses import Addresses
from apps.spreadsheets.translators.columns import (
    ADDRESS,
    columns_between,
    columns_of_others,
    language_name,
    target_name,
)
from apps.spreadsheets.translators.judging import TranslationJudge
from apps.spreadsheets.translators.selection import Selection
from apps.spreadsheets.translators.texts import texts_of
from apps.spreadsheets.translators.writing import changes_of

# Records that are read together, with their parts: a query for each kind of row.
RECORDS = 200
# The first columns, which one reads; the others are for the portal, and no use on paper.
PRINTED = 5
RULES = [
    gettext_noop("Each row is one text of one record. Write your translation in the one column that is not locked."),
    gettext_noop("Leave the rows that you don't translate as they are."),
    gettext_noop("An empty cell leaves the translation as it is. To empty a translation, write %(clear)s in its cell."),
    gettext_noop("Keep the columns Kind, Key, Field name and Version: they say which text it is, and how old."),
    gettext_noop("An outdated translation that is still right is confirmed on the portal's page for translating."),
    gettext_noop("Of what readers see already, your translation becomes a draft: they read it once it is published."),
    gettext_noop("Before anything is written the portal shows what would change, and asks you."),
]


class TranslatorSheet:
    """From the language ``source`` into ``target``, both codes. What apps/spreadsheets/staging.py, applying.py and
    undoing.py ask of a sheet.
    """

    parts = ()
    keys = ADDRESS

    def __init__(self, source, target):
        self.source, self.target = source, target
        self.all_columns = columns_between(source, target)

    @property
    def title(self):
        return _("%(source)s to %(target)s") % {"source": own_name(self.source), "target": own_name(self.target)}

    @property
    def titles(self):
        return {title.casefold() for title in in_every_language(lambda: self.title)}

    @property
    def kind_title(self):
        facts = {"source": language_name(self.source), "target": language_name(self.target)}
        return _("Translator's sheet, %(languages)s") % {"languages": _("%(source)s to %(target)s") % facts}

    @property
    def headings(self):
        labels = {column.name: column.label for column in self.all_columns}
        return accepted_headings(labels | columns_of_others(self.source, self.target))

    @property
    def target_column(self):
        return target_name(self.target)

    # --- On the way out -----------------------------------------------------------------------------------------------

    def out_sheets(self, selection=None, progress=None):
        """``[OutSheet, …]``: the texts of ``selection`` (all, if None), and the guide. ``progress``: called with the
        records that are done and how many there are.
        """
        columns = [OutColumn(str(each.label), width=each.width, writable=each.writable) for each in self.all_columns]
        rows = self.rows(Selection() if selection is None else selection, progress)
        return [OutSheet(self.title, columns, rows, protected=True, printed=PRINTED), guide([self], RULES)]

    def rows(self, selection, progress=None):
        """The cells of each row: record by record in the order of the installed apps, each with its parts after it."""
        addresses, done = Addresses(), 0
        for model, chosen in selection.chosen.items():
            pks = list(chosen)
            for start in range(0, len(pks), RECORDS):
                some = pks[start : start + RECORDS]
                wholes = working_wholes(model, some)
                for pk in some:
                    if pk in wholes:  # nobody deleted it meanwhile
                        yield from self.rows_of(wholes[pk], selection, addresses)
                done += len(some)
                if progress:
                    progress(done, selection.count)

    def rows_of(self, whole, selection, addresses):
        chosen = {row.pk for row in selection.rows(whole)}
        for (kind, key), row in addresses.of_rows(whole).items():
            for text in texts_of(row, self.source, self.target) if row.pk in chosen else ():
                if text.state in selection.states:
                    yield [
                        text.record_label, text.label, text.source, text.target, str(text.state.label),
                        text.source_then, kind, key, text.name, text.version,
                    ]  # fmt: skip

    # --- On the way in ------------------------------------------------------------------------------------------------

    def judge(self, places, bringing, made, number):
        return TranslationJudge(self, places, bringing, number)

    def write(self, outcomes, by):
        return write_changes(changes_of(self, outcomes), by)

    def touched(self, part, own=frozenset()):
        return touched_changes(changes_of(self, _written(part)))

    def put_back(self, part, by):
        put_back_changes(changes_of(self, _written(part)), by)


def _written(part):
    return [each for each in part.read() if each.kind != REFUSED]


def export_translations(kind, source, target, models=None, selection=None, progress=None):
    """A file (open, at its start, gone when closed) of ``kind`` with the texts from ``source`` into ``target``.

    ``models``: only records of these kinds; or ``selection``, a :class:`Selection`. Raises ``Refused`` for what no file
    holds.
    """
    if selection is None:
        selection = Selection(None if models is None else {model: model.objects.all() for model in models})
    sheets = TranslatorSheet(source, target).out_sheets(selection, progress)
    return to_file(kind, sheets[:1] if kind == "csv" else sheets)
