"""The translator's sheet on its way out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.content.models import State, record_models
from apps.events.models import Event
from apps.languages.fields import column, language_columns, translated_fields
from apps.publishing import actions as publishing
from apps.publishing.working_copy import rows_to_work_on
from apps.spreadsheets.headings import HeaderRow
from apps.spreadsheets.translators.selection import OPEN, Selection
from apps.spreadsheets.translators.sheet import TranslatorSheet, export_translations
from apps.topics.models import Section, Topic
from tests.editorial.families import FACTORIES, label
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    QuestionFactory,
    SectionFactory,
    TopicFactory,
)
from tests.spreadsheets.translators.sheets import row_of, rows_out

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def addresses(rows):
    return [(row["kind"], row["key"], row["field"]) for row in rows]


@pytest.mark.parametrize("model", record_models(), ids=label)
def test_every_kind_of_record_has_its_texts_there(model):
    given = {"record": OrganisationFactory()} if model.whole_relation == "record" else {}
    names = {name: f"{name} 1" for name in language_columns(model) if name.partition("_")[0] not in ("choices", "key")}
    FACTORIES[model](**given, **names)
    rows = [row for row in rows_out() if row["kind"] == model._meta.label_lower]
    for name in translated_fields(model):
        if column(name, "hi") in names:
            row = next(row for row in rows if row["field"] == name)
            assert (row["source_en"], row["target_hi"]) == (f"{name}_en 1", f"{name}_hi 1")
            assert row["state"] == "Up to date"


def test_the_parts_of_a_note_follow_it_in_their_order():
    note = TopicFactory(slug="origins", position=1)
    TopicFactory(slug="next", position=2)
    SectionFactory(topic=note, anchor="second", position=2)
    SectionFactory(topic=note, anchor="first", position=1)
    CitationFactory(record=note, position=1, note_en="Page 3")
    keys = list(dict.fromkeys((row["kind"], row["key"]) for row in rows_out() if row["kind"] != "sources.source"))
    assert keys == [
        ("topics.topic", "origins"),
        ("topics.section", "origins/first"),
        ("topics.section", "origins/second"),
        ("sources.citation", "topics.topic/origins/1"),
        ("topics.topic", "next"),
    ]


def test_a_row_says_in_words_what_it_is_about():
    section = SectionFactory(topic=TopicFactory(slug="origins", title_en="Origins"), anchor="lima", heading_en="Lima")
    row = row_of(rows_out(), "topics.section", "origins/lima", "body")
    assert row["record"] == "Study note: Origins · Section: Lima"
    assert (row["text"], row["source_en"]) == ("Text", section.body_en)


def test_a_missing_and_an_outdated_translation_are_told_and_what_it_was_made_from():
    event = EventFactory(slug="bandung", title_en="Bandung", place_en="Java")
    event.title_en = "The Bandung Conference"
    event.save()
    rows = rows_out()
    title, place, summary = (row_of(rows, "events.event", "bandung", name) for name in ("title", "place", "summary"))
    assert (title["state"], title["source_then"]) == ("Outdated", "Bandung")
    assert (place["state"], place["target_hi"], place["source_then"]) == ("Missing", "", "")
    assert (summary["state"], summary["source_then"]) == ("Up to date", "")


def test_only_what_is_left_to_do():
    event = EventFactory(slug="bandung", place_en="Java")
    event.title_en = "The Bandung Conference"
    event.save()
    rows = rows_out(selection=Selection({Event: Event.objects.all()}, states=OPEN))
    assert addresses(rows) == [("events.event", "bandung", "title"), ("events.event", "bandung", "place")]


def test_chosen_records_come_with_their_parts():
    note = TopicFactory(slug="origins", sections=1)
    TopicFactory(sections=1)
    EventFactory()
    rows = rows_out(selection=Selection({Topic: Topic.objects.filter(pk=note.pk)}))
    assert {(row["kind"], row["key"]) for row in rows} == {
        ("topics.topic", "origins"),
        ("topics.section", "origins/section-1"),
    }


def test_a_chosen_part_comes_alone():
    TopicFactory(slug="origins", sections=2)
    rows = rows_out(selection=Selection({Section: Section.objects.filter(anchor="section-2")}))
    assert {row["key"] for row in rows} == {"origins/section-2"}


def test_only_records_of_one_kind():
    TopicFactory(sections=1)
    EventFactory()
    assert {row["kind"] for row in rows_out(models=[Event])} == {"events.event"}


def test_of_a_live_record_with_a_draft_the_draft_is_translated(superuser):
    note = TopicFactory(slug="origins", sections=1, title_en="Origins")
    with rows_to_work_on(note, superuser, "") as whole:
        whole.title_en = "The origins"
        whole.save()
        SectionFactory(topic=whole, anchor="new", heading_en="New", heading_hi="", position=2)
        whole.sections.get(anchor="section-1").delete()
    rows = rows_out()
    title = row_of(rows, "topics.topic", "origins", "title")
    assert (title["source_en"], title["state"], title["source_then"]) == ("The origins", "Outdated", "Origins")
    assert row_of(rows, "topics.section", "origins/new", "heading")["state"] == "Missing"
    assert "origins/section-1" not in {row["key"] for row in rows}


def test_a_text_first_written_in_hindi_is_translated_into_english():
    TopicFactory(slug="hindi-first", source_language="hi", title_hi="उद्गम", title_en="", summary_hi="सार")
    assert [row for row in rows_out("en", "hi") if row["key"] == "hindi-first"] == []
    rows = rows_out("hi", "en")
    title = row_of(rows, "topics.topic", "hindi-first", "title")
    assert (title["source_hi"], title["target_en"], title["state"]) == ("उद्गम", "", "Missing")
    assert row_of(rows, "topics.topic", "hindi-first", "summary")["state"] == "Up to date"


def test_rows_of_one_key_are_told_apart():
    note = TopicFactory(slug="origins")
    questions = [QuestionFactory(topic=note, position=1) for _number in range(2)]
    citations = [CitationFactory(record=note, position=1, note_en="Page 3") for _number in range(2)]
    keys = {row["key"] for row in rows_out() if "#" in row["key"]}
    assert keys == {
        *(f"origins/1#{question.pk.hex[:8]}" for question in questions),
        *(f"topics.topic/origins/1#{citation.pk.hex[:8]}" for citation in citations),
    }


def test_queries_grow_with_batches_of_records_not_with_records():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            rows_out()
        return len(captured)

    def fill():
        for note in TopicFactory.create_batch(3, sections=3):
            QuestionFactory(topic=note)
            CitationFactory(record=note, note_en="Page 3")
        EventFactory.create_batch(5)
        OrganisationFactory.create_batch(5)
        CountryFactory.create_batch(3)

    fill()
    rows_out()
    before = queries()
    fill()
    assert queries() == before
    assert before < 40


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_it_goes_out_as_every_kind_of_file(kind):
    EventFactory()
    with export_translations(kind, "en", "hi") as file:
        assert len(file.read()) > 100


def test_in_a_workbook_only_the_translation_can_be_typed_in():
    EventFactory(title_hi="बांडुंग")
    with export_translations("xlsx", "en", "hi") as file:
        sheet, guide = load_workbook(file).worksheets
    headings = [cell.value for cell in sheet[1]]
    free = {headings[place] for place, cell in enumerate(sheet[2]) if not cell.protection.locked}
    assert (sheet.protection.sheet, free) == (True, {"Translation [हिन्दी]"})
    assert sheet.freeze_panes
    assert any("[clear]" in str(cell.value) for row in guide for cell in row)


def test_no_heading_means_two_columns():
    headings = TranslatorSheet("en", "hi").headings
    row = HeaderRow([name for names in headings.values() for name in names], headings)
    assert [each for each in row.meanings if len(each) != 1] == []


def test_what_is_done_is_told_as_it_goes():
    EventFactory.create_batch(3)
    told = []
    export_translations("csv", "en", "hi", progress=lambda done, of: told.append((done, of))).close()
    assert told[-1] == (3, 3)


def test_a_withdrawn_record_is_translated_too():
    EventFactory(slug="bandung", state=State.WITHDRAWN)
    assert row_of(rows_out(), "events.event", "bandung", "title")


def test_a_record_keeps_its_key_while_its_draft_wants_another(superuser):
    note = TopicFactory(slug="origins", sections=1)
    with rows_to_work_on(note, superuser, "") as whole:
        whole.slug = "beginnings"
        whole.save()
    assert {row["key"] for row in rows_out()} == {"origins", "origins/section-1"}
    publishing.publish(record=note, by=superuser)
    assert {row["key"] for row in rows_out()} == {"beginnings", "beginnings/section-1"}
