"""The kinds of sheet there are, by their names: ``events.event``, ``translate:en:hi``."""

from itertools import permutations

from django.apps import apps

from apps.content.models import record_models
from apps.languages.fields import column_labels, language_codes
from apps.spreadsheets.headings import heading_of, knows
from apps.spreadsheets.records.sheet import RecordSheet
from apps.spreadsheets.rights import bringing_of
from apps.spreadsheets.translators.sheet import TranslatorSheet

TRANSLATE = "translate"


def sheet_named(name, *, through_drafts=False):
    """The sheet that a batch was made for; ``LookupError`` for a kind, or a language, that is no more."""
    kind, _colon, languages = name.partition(":")
    if not languages:
        return RecordSheet(apps.get_model(name), through_drafts=through_drafts)
    source, _colon, target = languages.partition(":")
    if kind != TRANSLATE or source == target or not {source, target} <= set(language_codes()):
        raise LookupError(name)
    return TranslatorSheet(source, target)


def name_of(model):
    return model._meta.label_lower


def translators_name(source, target):
    return f"{TRANSLATE}:{source}:{target}"


def kinds_with(headers):
    """The titles of the kinds of sheet, of records or for translators, that know all of ``headers``."""
    pairs = permutations(language_codes(), 2)
    sheets = [*map(RecordSheet, record_models()), *(TranslatorSheet(*pair) for pair in pairs)]
    return [sheet.kind_title for sheet in sheets if knows(headers, _own_headings(sheet))]


def _own_headings(sheet):
    own = {column.name for column in sheet.all_columns}
    return {name: headings for name, headings in sheet.headings.items() if name in own}


class Sheets:
    """The sheets of one batch's file: the first, and those beside it, which their titles name."""

    def __init__(self, batch):
        through_drafts = not bringing_of(batch.by, batch.sheet).everything
        self.headings, self.first = batch.headings, sheet_named(batch.sheet, through_drafts=through_drafts)

    def of(self, part):
        title = self.headings[part.sheet]["title"].strip().casefold()
        beside = (sheet for sheet in self.first.parts if part.sheet and title in sheet.titles)
        return next(beside, self.first)

    def label(self, outcome, name):
        """The column of a cell as the editor wrote it; of one that is not in the file, what sheets call it."""
        if heading := heading_of(self.headings[outcome.sheet], name):
            return heading
        column = getattr(self.of(outcome), "columns", {}).get(name)
        if column is not None:
            return column.label
        return str(column_labels(apps.get_model(outcome.model)).get(name, name)) if outcome.model else name
