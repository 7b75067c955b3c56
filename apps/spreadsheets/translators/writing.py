"""From the outcomes of a translator's sheet to what they change."""

from django.apps import apps

from apps.languages.fields import column
from apps.spreadsheets.records.drafts import Change


def changes_of(sheet, outcomes):
    """``outcomes``: as :class:`~apps.spreadsheets.translators.judging.TranslationJudge` made them."""
    return [_change(sheet, outcome) for outcome in outcomes]


def _change(sheet, outcome):
    label, pk = outcome.values["whole"]
    model, field = apps.get_model(label), outcome.values["field"]
    return Change(
        outcome=outcome,
        whole=(model, model._meta.pk.to_python(pk)),
        pk=outcome.pk,
        cells={column(field, sheet.target): outcome.cells[sheet.target_column]},
        source=(column(field, sheet.source), outcome.seen),
    )
