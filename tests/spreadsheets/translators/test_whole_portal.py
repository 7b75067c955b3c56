"""The whole portal goes out, is filled in, and comes back with only the Hindi changed."""

import io

import pytest
from openpyxl import load_workbook

from apps.content.models import record_models
from apps.content.translation_state import TranslationState, states
from apps.events.models import Event
from apps.glossary.models import GlossaryTerm
from apps.organisations.models import Country, Organisation
from apps.publishing import actions as publishing
from apps.publishing.models import Draft
from apps.publishing.working_copy import rows_to_work_on
from apps.sources.models import Citation
from apps.spreadsheets import actions
from apps.spreadsheets.models import Batch
from apps.spreadsheets.records.wholes import rows_of, working_wholes
from apps.spreadsheets.translators.sheet import export_translations
from apps.topics.models import Section, Topic
from tests.factories import SectionFactory
from tests.spreadsheets.translators.sheets import (
    complaints,
    confirmed,
    differences,
    published_texts,
    receive,
    translator,
    working_texts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TARGET, SOURCE, STATE = "Translation [हिन्दी]", "Source [English]", "State"
# Texts that are up to date and changed all the same.
OTHERS = {
    ("events.event", "unctad-established", "title"): "अंकटाड की स्थापना हुई",
    ("organisations.country", "CU", "name"): "क्यूबा गणराज्य",
    ("topics.section", "difficulties-and-prospects/prospects", "heading"): "आगे की राह",
}


@pytest.fixture
def portal(content, superuser):
    """That content with work left to do: texts missing and outdated, in drafts and outside."""
    for model, count in ((Country, 5), (GlossaryTerm, 5), (Organisation, 3), (Event, 3), (Section, 4), (Citation, 3)):
        for place, row in enumerate(model.objects.all()[:count]):
            _leave_work(row, missing=place % 2)
    note = Topic.objects.get(slug="unctad")
    with rows_to_work_on(note, superuser, "") as whole:
        whole.summary_en = "Another summary."
        whole.save()
        SectionFactory(topic=whole, anchor="only-in-the-draft", heading_hi="", body_hi="", position=99)


def _leave_work(row, *, missing):
    field = "note" if isinstance(row, Citation) else row.label_field
    if missing:
        setattr(row, f"{field}_hi", "")
    else:
        setattr(row, f"{field}_en", f"{getattr(row, f'{field}_en')} again")
    row.save()


def sheet_of_the_portal():
    with export_translations("xlsx", "en", "hi") as file:
        return load_workbook(file)


def fill(workbook):
    """Every missing and outdated translation, and some others; ``{(kind, key, field): text}``."""
    sheet, filled = workbook.worksheets[0], {}
    headings = {cell.value: cell.column for cell in sheet[1]}
    for number in range(2, sheet.max_row + 1):
        value = {name: sheet.cell(number, place).value for name, place in headings.items()}
        address = (value["Kind"], value["Key"], value["Field name"])
        if value[STATE] != "Up to date":
            filled[address] = f"{value[TARGET] or 'नया'} ({number})"
        elif address in OTHERS:
            filled[address] = OTHERS[address]
        if address in filled:
            sheet.cell(number, headings[TARGET]).value = filled[address]
    return filled


def as_file(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def open_translations():
    found = 0
    for model in record_models():
        if not model.whole_relation:
            for whole in working_wholes(model, list(model.objects.values_list("pk", flat=True))).values():
                texts = [found for row in rows_of(whole) for found in states(row).values()]
                found += sum(each.get("hi", TranslationState.CURRENT) != TranslationState.CURRENT for each in texts)
    return found


def test_it_comes_back_with_exactly_the_hindi_of_the_filled_cells_changed(portal, superuser):
    before, readers_before, left_to_do = working_texts(), published_texts(), open_translations()
    assert left_to_do > 20
    workbook = sheet_of_the_portal()
    filled = fill(workbook)
    assert len(filled) == left_to_do + len(OTHERS)
    batch = receive(as_file(workbook), "xlsx", translator())
    assert (batch.changed, batch.refused, batch.new) == (len(filled), 0, 0), complaints(batch)

    assert confirmed(batch).state == Batch.State.IMPORTED
    changed = differences(before, working_texts())
    assert sorted(changed.values()) == sorted(filled.values())
    assert {name.rpartition("_")[2] for _kind, _pk, name in changed} == {"hi"}
    assert open_translations() == 0

    # Readers see none of it where there are drafts, until it is published; what has no draft is saved at once.
    kinds = {kind for kind, _pk, _name in differences(readers_before, published_texts())}
    assert kinds == {"organisations.country"}
    for draft in Draft.objects.all():
        publishing.publish(record=draft.record, by=superuser)
    assert published_texts() == working_texts()

    # And once more: nothing to do.
    workbook = sheet_of_the_portal()
    assert fill(workbook).keys() == OTHERS.keys()
    again = receive(as_file(workbook), "xlsx", translator())
    assert (again.changed, again.refused) == (0, 0)


def test_undoing_it_puts_everything_back(portal):
    before, readers_before, left_to_do = working_texts(), published_texts(), open_translations()
    drafts = set(Draft.objects.values_list("pk", flat=True))
    workbook = sheet_of_the_portal()
    fill(workbook)
    batch = confirmed(receive(as_file(workbook), "xlsx", translator()))
    actions.undo(batch=batch, by=batch.by)
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDONE
    assert (working_texts(), published_texts()) == (before, readers_before)
    assert open_translations() == left_to_do
    assert set(Draft.objects.values_list("pk", flat=True)) == drafts
