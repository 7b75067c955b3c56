"""The kinds of sheet there are, by their names: ``events.event``, ``translate:en:hi``."""

from django.apps import apps

from apps.languages.fields import language_codes
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


class Sheets:
    """The sheets of one batch's file: the first, and those beside it, which their titles name."""

    def __init__(self, batch):
        through_drafts = not bringing_of(batch.by, batch.sheet).everything
        self.headings, self.first = batch.headings, sheet_named(batch.sheet, through_drafts=through_drafts)

    def of(self, part):
        title = self.headings[part.sheet]["title"].strip().casefold()
        beside = (sheet for sheet in self.first.parts if part.sheet and title in sheet.titles)
        return next(beside, self.first)
