"""A row says from which state of its record it was exported: what others did since is neither overwritten nor a bar."""

import csv
import io

import pytest

from apps.events.models import Event
from apps.languages.fields import language_columns
from apps.spreadsheets.records.sheet import RecordSheet
from tests.factories import CountryFactory, EventFactory
from tests.spreadsheets.sheets import KINDS, MODELS, bring, counts, exported, fill_portal, label, refused, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("model", MODELS, ids=label)
def test_rows_that_nobody_touched_are_in_nobodys_way(model, kind):
    fill_portal()
    data = exported(model, kind)
    name = language_columns(model)[0]
    for record in model.objects.all():
        setattr(record, name, "Somebody else")
        record.save()
    there = sheet_of(model)
    batch = bring(model, data, kind=kind)
    if model.whole_relation or not RecordSheet(model).parts or kind == "csv":
        assert counts(batch) == (0, 0, len(there), 0)
    assert sheet_of(model) == there


def test_of_a_row_that_both_changed_the_later_one_is_refused():
    for slug in ("bandung", "lima"):
        EventFactory(slug=slug, title_en="Old", place_en="")
    bandung, lima = rows_of(exported(Event))
    Event.objects.get(slug="bandung").save()
    Event.objects.get(slug="lima").save()
    bandung["Place [English]"] = "Bandung"
    batch = bring(Event, bandung, lima)
    assert list(refused(batch)) == [2]
    assert (batch.same, batch.refused) == (1, 1)


def test_a_row_is_untouched_in_whatever_language_it_was_exported_and_however_a_program_wrote_it():
    EventFactory(slug="bandung", state="published", start="1955-04-18", country=CountryFactory(code="ID"))
    (row,) = rows_of(exported(Event, language="hi"))
    row = {name: {"1955-04-18": "18.04.1955"}.get(text, text) for name, text in row.items()}
    record = Event.objects.get()
    record.start = "1955-04"
    record.save()
    assert counts(bring(Event, row)) == (0, 0, 1, 0)
    assert Event.objects.get().start == "1955-04"


def test_without_all_of_its_columns_a_row_is_not_known_to_be_untouched():
    EventFactory(slug="bandung", title_en="Old")
    (row,) = rows_of(exported(Event))
    record = Event.objects.get()
    record.title_en = "New"
    record.save()
    kept = {name: row[name] for name in ("Address name", "Title [English]", "Version (leave as it is)")}
    assert bring(Event, kept).refused == 1
