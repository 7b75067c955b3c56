"""What a row may say, and what an editor is told when it may not."""

import datetime

import pytest

from apps.content.models import State
from apps.events.models import Event
from apps.organisations.models import Country, Organisation
from apps.practice.models import Question
from apps.sources.models import Citation
from apps.spreadsheets.resources import resource_for
from apps.topics.models import Section, Topic
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    SourceFactory,
    TopicFactory,
)
from tests.spreadsheets.sheets import MODELS, bring, complaints, fill_portal, label, sheet, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


# --- Cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_blank_cells_leave_a_record_as_it_is(model):
    fill_portal()
    rows = sheet_of(model).dict
    keys = resource_for(model)._meta.import_id_fields
    blank = [{name: text if name in keys else " " for name, text in row.items()} for row in rows]
    assert bring(model, *blank).same == len(rows)
    assert sheet_of(model).dict == rows


def test_the_clear_mark_empties_text_relations_and_dates():
    fill_portal()
    preview = bring(
        Organisation,
        {"slug": "g-77", "name_hi": "[clear]", "founded": "[Clear]", "members": " [clear] ", "parent": "[clear]"},
    )
    record = Organisation.objects.get(slug="g-77")
    assert preview.changed == 1
    assert (record.name_hi, record.founded, record.parent, record.members.count()) == ("", "", None, 0)


def test_what_a_record_needs_can_not_be_cleared():
    OrganisationFactory(slug="g-77")
    said = complaints(
        bring(Organisation, {"slug": "g-77", "kind": "[clear]", "name_en": "[clear]", "name_hi": "[clear]"})
    )
    assert set(said) == {"kind", "name_en", "name_hi"}


def test_a_new_row_may_leave_out_what_is_optional():
    assert bring(Event, {"slug": "bandung", "title_hi": "बांडुंग"}).new == 1
    record = Event.objects.get()
    assert (record.title_hi, record.state, record.start) == ("बांडुंग", State.DRAFT, "")
    assert Event.objects.search("बांडुंग").get() == record


def test_windows_line_endings_are_no_change():
    EventFactory(slug="bandung", summary_en="One.\n\nTwo.")
    assert bring(Event, {"slug": "bandung", "summary_en": "One.\r\n\r\nTwo."}).same == 1


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        (1964.0, "1964"),
        (1964, "1964"),
        (datetime.datetime(1964, 12, 30), "1964-12-30"),
        (datetime.date(1964, 12, 30), "1964-12-30"),
        (" 1964-12 ", "1964-12"),
    ],
)
def test_a_date_that_the_spreadsheet_took_for_a_number_is_a_date_again(cell, date):
    EventFactory(slug="bandung", start="")
    assert bring(Event, sheet({"slug": "bandung", "start": cell})).changed == 1
    assert Event.objects.get().start == date


def test_numbers_and_times_are_read():
    TopicFactory(slug="origins", position=3)
    assert bring(Topic, {"slug": "origins", "position": 7.0, "publish_at": "2026-08-15 09:30"}).changed == 1
    record = Topic.objects.get()
    assert (record.position, record.publish_at.isoformat()) == (7, "2026-08-15T04:00:00+00:00")


def test_a_choice_is_its_value_or_its_label():
    EventFactory(slug="bandung", state="draft")
    bring(Event, {"slug": "bandung", "state": "In review"})
    assert Event.objects.get().state == State.IN_REVIEW


def test_a_citation_names_its_record_as_people_know_it():
    event, source = EventFactory(slug="bandung"), SourceFactory(slug="report")
    row = {"record": "events.event/bandung", "position": "1", "source": "report", "fact": "date", "value_en": "1955"}
    assert bring(Citation, row).new == 1
    assert Citation.objects.get().record == event
    assert Citation.objects.get().source == source
    said = complaints(bring(Citation, {**row, "record": "events.event/bandong"}))
    assert said == {"record": "There is no event “bandong”. The nearest is “bandung”."}
    assert "events.event" in complaints(bring(Citation, {**row, "record": "events.evnt/bandung"}))["record"]


def test_a_row_may_name_a_record_that_stands_above_it():
    rows = [
        {"slug": slug, "name_en": slug, "kind": "un_body", "parent": parent} for slug, parent in [("a", ""), ("b", "a")]
    ]
    assert bring(Organisation, *rows).new == 2
    assert Organisation.objects.get(slug="b").parent.slug == "a"


def test_relations_are_set_as_the_cell_says():
    fill_portal()
    CountryFactory(code="BR")
    assert bring(Organisation, {"slug": "g-77", "members": "BR; IN; BR"}).changed == 1
    assert [each.code for each in Organisation.objects.get(slug="g-77").members.all()] == ["BR", "IN"]


def test_what_is_saved_is_found():
    EventFactory(slug="bandung")
    bring(Event, {"slug": "bandung", "title_en": "Afro-Asian conference"})
    assert Event.objects.search("afro").exists()


# --- What is refused, and with which words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"slug": "a", "titel_en": "x"}, "This sheet has no column “titel_en”. The nearest is “title_en”."),
        ({"slug": "a", "title": "x"}, "This sheet has no column “title”. The nearest is “title_en”."),
        ({"slug": "a", "id": "x"}, "This sheet has no column “id”."),
        ({"title_en": "x"}, "The column “slug” is missing: it says which record a row is about."),
        ({"slug": "a", "title_en": "x", " TITLE_EN ": "y"}, "The column “title_en” is there twice."),
        ({"slug": "a", "": "x"}, "Column B has no name in the first row."),
        ({"slug": " ", "title_en": ""}, "There are no rows under the names of the columns."),
    ],
)
def test_a_wrong_heading_is_named(row, sentence):
    problems = list(map(str, bring(Event, row).problems))
    assert len(problems) == 1
    assert problems[0].startswith(sentence)
    assert not Event.objects.exists()


def test_case_spaces_order_and_a_byte_order_mark_in_headings_do_not_matter():
    assert bring(Event, {" Title_EN ": "Bandung", "\ufeffSLUG": "bandung", "": ""}).new == 1


def test_a_record_twice_in_one_sheet_is_refused_with_both_rows():
    rows = [{"slug": "a", "title_en": "A"}, {"slug": "b", "title_en": "B"}, {}, {"slug": " a", "title_en": "C"}]
    preview = bring(Event, *rows)
    assert list(map(str, preview.problems)) == ["Rows 2 and 5 are both about “a”. Keep one of them."]


@pytest.mark.parametrize(
    ("model", "cells", "column", "sentence"),
    [
        (Event, {"state": "publishd"}, "state", "“publishd” is not one of: draft, in_review, published, withdrawn."),
        (Event, {"start": "12/1964"}, "start", "“12/1964” is not a date."),
        (Event, {"start": "1964-13"}, "start", "“1964-13” is not a date."),
        (Event, {"end": "1950"}, "end", "The last day comes before the first."),
        (Event, {"publish_at": "tomorrow"}, "publish_at", "“tomorrow” value has an invalid format."),
        (Event, {"publish_at": "2026-02-30"}, "publish_at", "“2026-02-30” value has the correct format"),
        (Event, {"organisations": "g-77; g-78"}, "organisations", "There is no organisation “g-78”. The nearest is"),
        (Event, {"country": "XX"}, "country", "There is no country “XX”."),
        (Event, {"title_en": "x" * 201}, "title_en", "Ensure this value has at most 200 characters"),
        (Event, {"title_en": "a\x00b"}, "title_en", "Character 2 is invisible."),
        (Event, {"title_en": "ॅज्व् का"}, "title_en", "“ॅज्व्” (character 1) is text from an old Hindi font."),
        (Topic, {"position": "7.5"}, "position", "“7.5” value must be an integer."),
        (Topic, {"position": "9" * 30}, "position", "Ensure this value is less than or equal to"),
        (Topic, {"position": "-1"}, "position", "Ensure this value is greater than or equal to 0."),
        (Topic, {"source_language": "fr"}, "source_language", "“fr” is not one of: en, hi."),
        (Organisation, {"website": "javascript:alert(1)"}, "website", "Enter a valid URL."),
        (Organisation, {"parent": "g-77"}, "parent", "An organisation can't stand here for itself."),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_what_is_wrong(model, cells, column, sentence):
    fill_portal()
    before = sheet_of(model).dict
    slug = {Event: "bandung", Topic: "origins", Organisation: "g-77"}[model]
    assert complaints(bring(model, {"slug": slug, **cells}))[column].startswith(sentence)
    assert sheet_of(model).dict == before


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"slug": "new"}, "title_en"),
        ({"slug": "", "title_en": "x"}, "slug"),
        ({"slug": "[clear]", "title_en": "x"}, "slug"),
        ({"slug": "न्यू", "title_en": "x"}, "slug"),
    ],
)
def test_a_record_needs_a_name_and_a_slug(cells, column):
    assert column in complaints(bring(Event, cells))
    assert not Event.objects.exists()


def test_a_section_of_an_unknown_note_is_refused():
    TopicFactory(slug="origins")
    said = complaints(bring(Section, {"topic": "orgins", "anchor": "a", "heading_en": "x"}))
    assert said == {"topic": "There is no study note “orgins”. The nearest is “origins”."}


def test_a_key_with_thirty_digits_is_refused():
    TopicFactory(slug="origins")
    said = complaints(bring(Question, {"topic": "origins", "position": "9" * 30, "question_en": "Who?"}))
    assert "position" in said


def test_a_place_that_is_taken_is_refused():
    TopicFactory(slug="a", position=1)
    TopicFactory(slug="b", position=2)
    assert "Another note already stands" in complaints(bring(Topic, {"slug": "b", "position": "1"}))[""]


def test_one_bad_row_and_none_is_written():
    CountryFactory(code="IN", name_en="India")
    rows = [{"code": "KE", "name_en": "Kenya"}, {"code": "IN", "name_en": "Bharat"}, {"code": "kenya", "name_en": "x"}]
    preview = bring(Country, *rows)
    assert [number for number, _complaints in preview.refused] == [4]
    assert [each.name_en for each in Country.objects.all()] == ["India"]


def test_a_preview_writes_nothing():
    fill_portal()
    before = sheet_of(Organisation).dict
    preview = bring(Organisation, {"slug": "g-77", "name_en": "Other", "members": "IN"}, dry_run=True)
    assert preview.changed == 1
    assert sheet_of(Organisation).dict == before


def test_the_preview_shows_what_changes_and_only_that():
    EventFactory(slug="bandung", title_en="The <old> conference", place_en="Bandung")
    preview = bring(Event, {"slug": "bandung", "title_en": "The <new> conference", "place_en": "Bandung"}, dry_run=True)
    ((row, kind, name, cells),) = preview.changes
    assert (row, kind, name) == (2, "update", "The <new> conference")
    assert cells == [("title_en", "The &lt;<del>old</del><ins>new</ins>&gt; conference")]


def test_a_citation_of_the_same_source_twice_is_two_rows():
    event = EventFactory(slug="bandung")
    for position in (1, 2):
        CitationFactory(record=event, position=position)
    assert [row["position"] for row in sheet_of(Citation).dict] == ["1", "2"]
