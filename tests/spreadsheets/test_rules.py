"""What a row may say, and what an editor is told when it may not."""

import io

import openpyxl
import pytest
from django.utils import translation

from apps.content.models import State, content_models
from apps.events.models import Event
from apps.organisations.models import Country, Organisation
from apps.practice.models import Question
from apps.publishing.models import FormerAddress
from apps.sources.models import Citation
from apps.spreadsheets import corrections
from apps.spreadsheets.files.marks import MARK_COLOUR
from apps.spreadsheets.records.sheet import RecordSheet
from apps.topics.models import Section, Topic
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    OrganisationFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.spreadsheets.sheets import (
    MODELS,
    bring,
    changes,
    complaints,
    counts,
    exported,
    fill_portal,
    label,
    refused,
    sheet_of,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
every_model = pytest.mark.parametrize("model", MODELS, ids=label)


def organisations(**parents):
    """Rows of new organisations: ``organisations(a="b")`` is part of b."""
    return [{"slug": slug, "name_en": slug.upper(), "kind": "un_body", "parent": of} for slug, of in parents.items()]


def version(record):
    return RecordSheet(type(record)).version.show(type(record).objects.get(pk=record.pk).updated_at)


# --- Cells -----------------------------------------------------------------------------------------------------------


@every_model
def test_blank_cells_leave_a_record_as_it_is(model):
    fill_portal()
    rows, keys = sheet_of(model), RecordSheet(model).keys
    blank = [{name: text if name in keys else " " for name, text in row.items()} for row in rows]
    assert counts(bring(model, *blank)) == (0, 0, len(rows), 0)
    assert sheet_of(model) == rows


@pytest.mark.parametrize("mark", ["[clear]", "[CLEAR]", " [Clear]\n"])
def test_the_clear_mark_empties_text_relations_and_dates(mark):
    fill_portal()
    row = {"slug": "g-77"} | dict.fromkeys(["name_hi", "founded", "members", "parent", "other_names_en"], mark)
    assert bring(Organisation, row).changed == 1
    record = Organisation.objects.get(slug="g-77")
    assert (record.name_hi, record.founded, record.parent, record.other_names_en) == ("", "", None, "")
    assert not record.members.exists()


def test_clearing_what_is_empty_is_no_change():
    EventFactory(slug="bandung", summary_hi="", country=None)
    assert bring(Event, {"slug": "bandung", "summary_hi": "[clear]", "country": "[clear]"}).same == 1


def test_the_clear_mark_with_something_beside_it_is_a_text():
    EventFactory(slug="bandung")
    bring(Event, {"slug": "bandung", "summary_en": "write [clear] here"})
    assert Event.objects.get().summary_en == "write [clear] here"


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


def test_windows_line_endings_are_stored_as_the_form_stores_them():
    EventFactory(slug="bandung")
    bring(Event, {"slug": "bandung", "summary_en": "One.\r\nTwo."})
    assert Event.objects.get().summary_en == "One.\nTwo."


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("1964", "1964"),
        (" 1964-12 ", "1964-12"),
        ("1964-12-30 00:00:00", "1964-12-30"),
        ("30/12/1964", "1964-12-30"),
        ("दिसंबर 1964", "1964-12"),
        ("३० दिसम्बर १९६४", "1964-12-30"),
    ],
)
def test_a_date_is_read_as_people_and_programs_write_it(cell, date):
    EventFactory(slug="bandung", start="")
    assert changes(bring(Event, {"slug": "bandung", "start": cell}))[2] == {"start": ["", date]}
    assert Event.objects.get().start == date


def test_numbers_and_times_are_read():
    TopicFactory(slug="origins", position=3)
    assert bring(Topic, {"slug": "origins", "position": " 7 ", "publish_at": "2026-08-15 09:30"}).changed == 1
    record = Topic.objects.get()
    assert (record.position, record.publish_at.isoformat()) == (7, "2026-08-15T04:00:00+00:00")


def test_a_citation_names_its_record_as_people_know_it():
    event, source = EventFactory(slug="bandung"), SourceFactory(slug="report")
    row = {"record": "events.event/bandung", "position": "1", "source": "report", "fact": "date", "value_en": "1955"}
    assert bring(Citation, row).new == 1
    assert (Citation.objects.get().record, Citation.objects.get().source) == (event, source)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("events.event/bandong", "There is no event “bandong”. Did you mean"),
        ("events.evnt/bandung", "There is no kind of record “events.evnt”. The nearest is “events.event”."),
        ("bandung", "“bandung” is no record. Write its kind and its key, such as events.event/bandung-conference."),
    ],
)
def test_a_citation_of_an_unknown_record_is_refused(text, sentence):
    EventFactory(slug="bandung"), SourceFactory(slug="report")
    said = complaints(bring(Citation, {"record": text, "position": "1", "source": "report"}))
    assert said["record"].startswith(sentence)


@pytest.mark.parametrize("text", ["events.event/bandung", "event:bandung", "Event/bandung", "events.event / Bandung"])
def test_a_cited_record_is_named_by_its_kind_and_its_key(text):
    EventFactory(slug="bandung"), SourceFactory(slug="report")
    assert bring(Citation, {"record": text, "position": "1", "source": "report"}).new == 1


def test_relations_are_set_as_the_cell_says():
    fill_portal()
    CountryFactory(code="BR")
    assert bring(Organisation, {"slug": "g-77", "members": "BR; IN; BR"}).changed == 1
    assert [each.code for each in Organisation.objects.get(slug="g-77").members.all()] == ["BR", "IN"]


def test_what_is_imported_is_found():
    EventFactory(slug="bandung")
    bring(Event, {"slug": "bandung", "title_en": "Afro-Asian conference"})
    assert Event.objects.search("afro").exists()


def test_the_preview_shows_what_changes_and_only_that():
    EventFactory(slug="bandung", title_en="The old conference", place_en="Bandung")
    row = {"slug": "bandung", "title_en": "The new conference", "place_en": "Bandung"}
    batch = bring(Event, row, confirm=False)
    assert changes(batch) == {2: {"title_en": ["The old conference", "The new conference"]}}
    assert batch.columns == [["events.event", "title_en"]]


def test_a_preview_writes_nothing():
    fill_portal()
    before = sheet_of(Organisation)
    batch = bring(Organisation, {"slug": "g-77", "name_en": "Other", "members": "IN"}, confirm=False)
    assert (batch.changed, batch.state) == (1, "ready")
    assert sheet_of(Organisation) == before


def test_a_text_that_may_be_in_an_old_font_is_doubted_not_refused():
    EventFactory(slug="bandung")
    batch = bring(Event, {"slug": "bandung", "summary_hi": "Hkkjr"}, confirm=False)
    (outcome,) = batch.outcomes(("changed",))
    assert [column for column, _sentence in outcome.doubts] == ["summary_hi"]


# --- Headings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"slug": "a", "titel_en": "x"}, "There is no column “titel_en” in this kind of sheet. The nearest is “ti"),
        ({"slug": "a", "Titel [English]": "x"}, "There is no column “Titel [English]” in this kind of sheet. The n"),
        ({"slug": "a", "id": "x"}, "There is no column “id” in this kind of sheet."),
        ({"slug": "a", "updated_at": "x"}, "There is no column “updated_at” in this kind of sheet."),
        ({"title_en": "x"}, "The column “Address name” (slug) is missing: it says which record a row is about."),
        ({"slug": "a", "title_en": "x", " TITLE_EN ": "y"}, "The column “title_en” is there twice."),
        ({"slug": "a", "title_en": "x", "शीर्षक [English]": "y"}, "The column “title_en” is there twice."),
        ({"slug": "a", "": "x"}, "Column B has no name in the first row."),
        ({"slug": " ", "title_en": ""}, "There are no rows under the names of the columns."),
    ],
)  # fmt: skip
def test_a_wrong_heading_is_named_and_nothing_is_imported(row, sentence):
    (problem,) = bring(Event, row, good_rows=True).problems
    assert problem.startswith(sentence)
    assert not Event.objects.exists()


def test_case_spaces_order_and_a_byte_order_mark_in_headings_do_not_matter():
    assert bring(Event, {" Title_EN ": "Bandung", "\ufeffSLUG": "bandung", "": ""}).new == 1


@every_model
def test_headings_in_hindi_are_understood(model):
    fill_portal()
    with translation.override("hi"):
        headings = {column.name: str(column.label) for column in RecordSheet(model).all_columns}
    rows = [{headings[name]: text for name, text in row.items()} for row in sheet_of(model)]
    assert counts(bring(model, *rows)) == (0, 0, len(rows), 0)


def test_problems_are_told_in_the_language_of_the_editor():
    batch = bring(Event, {"slug": "a", "titel_en": "x"}, language="hi")
    with translation.override("hi"):
        again = bring(Event, {"slug": "a", "titel_en": "x"}, language="en")
    assert "title_en" in batch.problems[0]
    assert again.problems[0].startswith("There is no column")


@every_model
def test_a_column_of_errors_is_not_read(model):
    fill_portal()
    rows = [row | {"What is wrong": "Something was wrong here."} for row in sheet_of(model)]
    assert counts(bring(model, *rows)) == (0, 0, len(rows), 0)


@pytest.mark.parametrize("heading", ["what_is_wrong", " WHAT is wrong:"])
def test_the_heading_of_the_errors_may_be_written_otherwise(heading):
    EventFactory(slug="bandung", title_en="Bandung")
    assert bring(Event, {"slug": "bandung", "title_en": "Bandung", heading: "x"}).same == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_marked_file_is_corrected_and_brought_again(kind, language):
    EventFactory(slug="bandung")
    data = written(kind, ("Events", [{"slug": "bandung", "start": "1955-13"}, {"slug": "lima", "title_en": "Lima"}]))
    batch = bring(Event, data, kind=kind, language=language)
    with translation.override(language):
        marked = corrections.marked(batch)
    CountryFactory(code="IN")
    again = bring(Event, marked, kind=kind)
    assert complaints(again) == complaints(bring(Event, data, kind=kind))
    assert corrections.NAME in again.headings[0]["places"]


# --- Versions --------------------------------------------------------------------------------------------------------


def test_a_record_that_changed_since_the_export_is_refused_by_name():
    event = EventFactory(slug="bandung", title_en="Bandung")
    old = version(event)
    event.title_en = "The Bandung conference"
    event.save()
    row = {"slug": "bandung", "title_en": "Bandoeng", "version": old}
    said = complaints(bring(Event, row))["version"]
    assert said.startswith("“The Bandung conference” was changed on")
    assert Event.objects.get().title_en == "The Bandung conference"


def test_a_row_that_says_nothing_new_may_be_old():
    event = EventFactory(slug="bandung", title_en="Bandung")
    old = version(event)
    event.summary_en = "Other"
    event.save()
    assert bring(Event, {"slug": "bandung", "title_en": "Bandung", "version": old}).same == 1


@every_model
def test_the_version_of_an_export_lets_its_changes_in(model):
    fill_portal()
    record = model.objects.first()
    name = next(name for name in RecordSheet(model).columns if name.endswith("_hi"))
    keys = {key: sheet_of(model)[0][key] for key in RecordSheet(model).keys}
    assert bring(model, keys | {name: "नया पाठ", "version": version(record)}).changed == 1


@pytest.mark.parametrize("row", [{}, {"version": ""}, {"version": " "}])
def test_without_a_version_it_is_not_asked_for(row):
    EventFactory(slug="bandung")
    assert bring(Event, {"slug": "bandung", "title_en": "Bandoeng", **row}).changed == 1


def test_the_version_of_a_deleted_record_does_not_make_it_anew():
    event = EventFactory(slug="bandung")
    row = {"slug": "bandung", "title_en": "Bandung", "version": version(event)}
    event.delete()
    assert complaints(bring(Event, row))["version"].startswith("No record has this key any more")
    assert bring(Event, row | {"version": ""}).new == 1


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01T00:00:00+00:00", "1"])
def test_a_version_that_was_no_export_is_refused(text):
    EventFactory(slug="bandung")
    said = complaints(bring(Event, {"slug": "bandung", "title_en": "Bandoeng", "version": text}))
    assert said["version"].startswith("This was not in the export.")


# --- Which record ----------------------------------------------------------------------------------------------------


def test_a_record_twice_in_one_sheet_is_refused_at_both_rows():
    rows = [{"slug": "a", "title_en": "A"}, {"slug": "b", "title_en": "B"}, {}, {"slug": " a", "title_en": "C"}]
    batch = bring(Event, *rows)
    assert refused(batch) == {
        2: {"": "Row 5 is about the same. Keep one of the two."},
        5: {"slug": "Row 2 is about the same record. Keep one of the two."},
    }
    assert not Event.objects.exists()


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
    TopicFactory(slug="origins", title_en="Origins")
    said = complaints(bring(Section, {"topic": "orgins", "anchor": "a", "heading_en": "x"}))
    assert said == {"topic": "There is no study note “orgins”. Did you mean “Origins (origins)”?"}


def test_a_key_with_thirty_digits_is_refused():
    TopicFactory(slug="origins")
    said = complaints(bring(Question, {"topic": "origins", "position": "9" * 30, "question_en": "Who?"}))
    assert "position" in said


def test_an_address_that_another_record_had_is_refused_as_by_the_form():
    FormerAddress.objects.create(record=EventFactory(slug="bandung-conference"), slug="bandung")
    said = complaints(bring(Event, {"slug": "bandung", "title_en": "Another"}))["slug"]
    assert said.startswith("This was the address name of")


# --- Rows that need each other ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parents",
    [
        {"a": "", "b": "a"},
        {"a": "b", "b": ""},
        {"a": "B", "b": ""},
        {"a": "b", "b": "c", "c": ""},
        {"b": "a", "a": "c", "c": ""},
        {"a": "b", "b": "a"},
        {"a": "b", "b": "c", "c": "a"},
    ],
    ids=str,
)
def test_a_row_may_name_records_that_stand_above_or_below_it_also_in_circles(parents):
    assert bring(Organisation, *organisations(**parents)).state == "imported"
    assert dict(Organisation.objects.values_list("slug", "parent__slug")) == {
        slug: of.lower() or None for slug, of in parents.items()
    }


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_rows_of_several_parts_may_name_each_other(rows, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", rows)
    parents = {"a": "d", "b": "a", "c": "b", "d": "c", "e": "", "f": "e", "g": "a"}
    assert bring(Organisation, *organisations(**parents)).state == "imported"
    assert {slug: of or "" for slug, of in Organisation.objects.values_list("slug", "parent__slug")} == parents


def test_an_old_record_may_name_one_that_is_made_below():
    OrganisationFactory(slug="a")
    rows = [{"slug": "a", "parent": "b"}, *organisations(b="")]
    assert counts(bring(Organisation, *rows)) == (1, 1, 0, 0)
    assert Organisation.objects.get(slug="a").parent.slug == "b"


def test_an_organisation_is_no_part_of_itself():
    assert "parent" in complaints(bring(Organisation, *organisations(a="a")))


def test_what_names_a_refused_row_is_refused_with_it():
    rows = organisations(a="", b="a", c="b", d="")
    rows[0]["founded"] = "1964-13"
    batch = bring(Organisation, *rows, good_rows=True)
    assert set(refused(batch)) == {2, 3, 4}
    assert list(Organisation.objects.values_list("slug", flat=True)) == ["d"]


def test_what_names_a_row_that_is_refused_below_is_refused_too():
    rows = organisations(c="b", b="a", a="", d="")
    rows[2]["founded"] = "1964-13"
    batch = bring(Organisation, *rows, good_rows=True)
    assert set(refused(batch)) == {2, 3, 4}
    assert "parent" in refused(batch)[3] or "" in refused(batch)[3]
    assert batch.state == "imported"


def test_a_section_on_the_second_sheet_may_name_a_note_of_the_first():
    notes = [{"slug": "origins", "position": "1", "title_en": "Origins"}]
    sections = [{"topic": "origins", "anchor": "lima", "heading_en": "Lima"}]
    assert bring(Topic, written("xlsx", ("Study notes", notes), ("Sections", sections)), kind="xlsx").new == 2
    assert Section.objects.get().topic.slug == "origins"


def test_a_section_of_a_refused_note_is_refused_with_it():
    notes = [{"slug": "origins", "position": "-1", "title_en": "Origins"}]
    sections = [{"topic": "origins", "anchor": "lima", "heading_en": "Lima"}]
    batch = bring(Topic, written("xlsx", ("Study notes", notes), ("Sections", sections)), kind="xlsx")
    assert counts(batch) == (0, 0, 0, 2)


def test_a_section_of_a_note_whose_row_waits_waits_with_it():
    TopicFactory(slug="first", position=1)
    notes = [{"slug": "origins", "position": "1", "title_en": "Origins"}, {"slug": "first", "position": "2"}]
    sections = [{"topic": "origins", "anchor": "lima", "heading_en": "Lima"}]
    data = written("xlsx", ("Study notes", notes), ("Sections", sections))
    assert counts(bring(Topic, data, kind="xlsx")) == (2, 1, 0, 0)
    assert Section.objects.get().topic.position == 1


def test_another_sheet_of_the_workbook_is_not_read():
    notes = [{"slug": "origins", "position": "1", "title_en": "Origins"}]
    data = written("xlsx", ("Study notes", notes), ("My own", [{"x": "y"}]))
    assert bring(Topic, data, kind="xlsx").new == 1


# --- Places that are taken once --------------------------------------------------------------------------------------


def notes(**positions):
    for slug, position in positions.items():
        TopicFactory(slug=slug, position=position)


def placed(**positions):
    return [{"slug": slug, "position": str(position)} for slug, position in positions.items()]


def places():
    return dict(Topic.objects.values_list("slug", "position"))


def test_a_place_that_is_taken_is_refused_in_the_words_of_the_form():
    notes(a=1, b=2)
    assert complaints(bring(Topic, *placed(b=1))) == {"position": "Another note already stands at this place."}


@pytest.mark.parametrize(
    "after", [{"a": 2, "b": 1}, {"a": 2, "b": 3, "c": 1}, {"c": 1, "b": 3, "a": 2}, {"a": 2, "b": 3, "c": 4}], ids=str
)
@pytest.mark.parametrize("rows", [1, 500])
def test_rows_may_change_places(after, rows, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", rows)
    notes(a=1, b=2, c=3)
    assert bring(Topic, *placed(**after)).state == "imported"
    assert places() == {"a": 1, "b": 2, "c": 3} | after


def test_a_new_record_may_take_the_place_that_a_row_below_leaves():
    notes(a=1)
    rows = [{"slug": "new", "position": "1", "title_en": "New"}, {"slug": "a", "position": "2"}]
    assert counts(bring(Topic, *rows)) == (1, 1, 0, 0)
    assert places() == {"new": 1, "a": 2}


def test_two_rows_can_not_take_one_place():
    notes(a=1, b=2)
    assert refused(bring(Topic, *placed(a=7, b=7))) == {3: {"position": "Row 2 takes the same."}}


def test_who_takes_a_place_that_a_refused_row_would_have_left_is_refused_with_it():
    notes(a=1, b=2)
    rows = [{"slug": "a", "position": "5", "publish_at": "tomorrow"}, {"slug": "b", "position": "1"}]
    batch = bring(Topic, *rows, good_rows=True)
    assert set(refused(batch)) == {2, 3}
    assert places() == {"a": 1, "b": 2}


# --- What is refused, and with which words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "cells", "column", "sentence"),
    [
        (Event, {"state": "publishd"}, "state", "“publishd” is not one of: Draft, In review, Published"),
        (Event, {"start": "1964-13"}, "start", "“1964-13” is not a date."),
        (Event, {"start": "05/06/1964"}, "start", "“05/06/1964” can mean 5 June 1964 or 6 May 1964."),
        (Event, {"end": "1950"}, "end", "The last day, 1950, comes before the first"),
        (Event, {"publish_at": "tomorrow"}, "publish_at", "“tomorrow” is not a date with a time."),
        (Event, {"publish_at": "2026-02-30"}, "publish_at", "“2026-02-30” is not a date. February 2026 has 28 days."),
        (Event, {"organisations": "g-77; g-78"}, "organisations", "There is no organisation “g-78”. Did you mean"),
        (Event, {"country": "XX"}, "country", "There is no country “XX”."),
        (Event, {"title_en": "x" * 201}, "title_en", "Ensure this value has at most 200 characters"),
        (Event, {"title_en": "a\u202eb"}, "title_en", "Character 2 is an invisible sign"),
        (Event, {"title_en": "ॅज्व् का"}, "title_en", "“ॅज्व्” (character 1) is text from an old Hindi font."),
        (Event, {"summary_en": "[x](event:bandong)"}, "summary_en", "No record has this address: event:bandong."),
        (Topic, {"position": "7.5"}, "position", "Enter a whole number."),
        (Topic, {"position": "9" * 30}, "position", "Ensure this value is less than or equal to"),
        (Topic, {"position": "-1"}, "position", "Ensure this value is greater than or equal to 0."),
        (Topic, {"position": "[clear]"}, "position", "This field is required."),
        (Topic, {"source_language": "fr"}, "source_language", "“fr” is not one of: English, Hindi."),
        (Topic, {"summary_en": "word " * 61}, "summary_en", "At most 60 words, please; these are 61."),
        (Organisation, {"website": "javascript:alert(1)"}, "website", "Enter a valid URL."),
        (Organisation, {"parent": "g-77"}, "parent", "An organisation can't stand here for itself."),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_what_is_wrong(model, cells, column, sentence):
    fill_portal()
    before = sheet_of(model)
    slug = {Event: "bandung", Topic: "origins", Organisation: "g-77"}[model]
    said = complaints(bring(model, {"slug": slug, **cells}))
    assert said[column].startswith(sentence)
    assert sheet_of(model) == before


def test_a_refused_cell_is_shown_as_the_editor_wrote_it_under_the_editors_heading():
    EventFactory(slug="bandung")
    batch = bring(Event, {"Address name": "bandung", "date, or first day": " soon "})
    (outcome,) = batch.outcomes(("refused",))
    assert outcome.errors[0][:2] == ["start", " soon "]
    assert batch.headings[0]["headers"][batch.headings[0]["places"]["start"]] == "date, or first day"


def test_of_signs_that_no_file_can_hold_word_s_line_breaks_stay():
    EventFactory(slug="bandung")
    bring(Event, b"slug,summary_en\nbandung,a\x01b\x0bc\n")
    assert Event.objects.get().summary_en == "ab\nc"


def test_of_one_line_the_breaks_become_spaces():
    EventFactory(slug="bandung")
    bring(Event, {"slug": "bandung", "title_en": "One\ntwo \n three\n"})
    assert Event.objects.get().title_en == "One two three"


def test_one_bad_row_and_none_is_written():
    CountryFactory(code="IN", name_en="India")
    rows = [{"code": "KE", "name_en": "Kenya"}, {"code": "IN", "name_en": "Bharat"}, {"code": "kenya", "name_en": "x"}]
    assert list(refused(bring(Country, *rows))) == [4]
    assert [each.name_en for each in Country.objects.all()] == ["India"]


def test_good_rows_alone_are_written_when_asked_for():
    CountryFactory(code="IN", name_en="India")
    rows = [{"code": "KE", "name_en": "Kenya"}, {"code": "IN", "name_en": "Bharat"}, {"code": "kenya", "name_en": "x"}]
    assert bring(Country, *rows, good_rows=True).state == "imported"
    assert [each.name_en for each in Country.objects.all()] == ["Bharat", "Kenya"]


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    EventFactory(slug="bandung")
    row = {"slug": "bandung", "start": "1964-13", "country": "XX", "title_en": "x" * 201, "state": "gone"}
    assert set(complaints(bring(Event, row))) == {"start", "country", "title_en", "state"}


def test_a_broken_reference_that_stood_there_before_keeps_nobody_from_mending_something_else():
    EventFactory(slug="bandung", summary_en="See [Lima](event:lima).")
    assert bring(Event, {"slug": "bandung", "summary_en": "Look at [Lima](event:lima)."}).changed == 1


@pytest.mark.parametrize("rows", [1, 500])
@pytest.mark.parametrize("order", [1, -1], ids=["above", "below"])
def test_a_text_may_refer_to_a_record_that_the_file_makes(rows, order, monkeypatch):
    monkeypatch.setattr("apps.spreadsheets.staging.ROWS", rows)
    found = [
        {"slug": "lima", "title_en": "Lima", "summary_en": ""},
        {"slug": "bandung", "title_en": "Bandung", "summary_en": "See [Lima](event:lima)."},
    ]
    assert counts(bring(Event, *found[::order])) == (2, 0, 0, 0)


def test_a_text_that_refers_to_a_refused_row_is_refused_with_it():
    rows = [
        {"slug": "lima", "title_en": "Lima", "summary_en": "", "start": "soon"},
        {"slug": "bandung", "title_en": "Bandung", "summary_en": "See [Lima](event:lima).", "start": ""},
    ]
    assert set(refused(bring(Event, *rows, good_rows=True))) == {2, 3}


@pytest.mark.parametrize("model", content_models(), ids=label)
def test_a_published_record_may_be_changed_and_stays_published(model):
    fill_portal()
    row = sheet_of(model)[0]
    name = next(name for name in row if name.endswith("_hi"))
    assert bring(model, {"slug": row["slug"], name: "नया पाठ"}).changed == 1
    assert model.objects.get(slug=row["slug"]).state == State.PUBLISHED


def test_a_citation_of_the_same_source_twice_is_two_rows():
    event = EventFactory(slug="bandung")
    for position in (1, 2):
        CitationFactory(record=event, position=position)
    assert [row["position"] for row in sheet_of(Citation)] == ["1", "2"]


def test_a_section_keeps_the_anchor_that_readers_have():
    SectionFactory(topic=TopicFactory(slug="origins"), anchor="lima", heading_en="Lima")
    assert bring(Section, {"topic": "origins", "anchor": "lima", "heading_en": "The Lima meeting"}).changed == 1
    assert bring(Section, exported(Section)).same == 1


# --- Cells of which nobody can tell what they say --------------------------------------------------------------------

ERROR = "This cell shows an error. Put the text itself there."
FORMULA = "This cell holds a formula without a result. Put the text itself there."
# As openpyxl takes and writes them: the year is in a cell that is formatted as a date.
BROKEN, UNSAVED, TYPED_YEAR = "#REF!", "=1+1", 1964
YEAR_OR_DAY = (
    "This date cell may mean the year 1964 or the day 1905-05-17. "
    "Format it as text, then write the one that is meant: 1964 or 1905-05-17."
)


def workbook(**sheets):
    """An Excel file, ``{title: [[value, …], …]}``."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cell in (cell for row in sheet for cell in row if cell.value == TYPED_YEAR):
            cell.number_format = "dd/mm/yyyy"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_each_spoilt_cell_refuses_its_own_row_beside_all_other_mistakes():
    EventFactory(slug="lima", title_en="#REF!")
    rows = [
        ["slug", "title_en", "start", "country"],
        ["bandung", BROKEN, TYPED_YEAR, "Atlantis"],
        ["lima", BROKEN, "soon"],
        [UNSAVED, "Belgrade", TYPED_YEAR],
        ["nairobi", "Nairobi", "1976"],
    ]
    batch = bring(Event, workbook(Events=rows), kind="xlsx", good_rows=True)
    said = refused(batch)
    # Nothing else is said of the title that cannot be known.
    assert said[2] == {"title_en": ERROR, "start": YEAR_OR_DAY, "country": said[2]["country"]}
    assert said[3] == {"title_en": ERROR, "start": said[3]["start"]}
    assert said[4] == {"slug": FORMULA, "start": YEAR_OR_DAY}
    assert set(Event.objects.values_list("slug", flat=True)) == {"lima", "nairobi"}
    assert [outcome.errors[0][:2] for outcome in batch.outcomes(("refused",))] == [
        ["title_en", "#REF!"],
        ["title_en", "#REF!"],
        ["slug", "=1+1"],
    ]


def test_spoilt_cells_are_marked_in_the_file_that_comes_back():
    rows = [["slug", "title_en", "start"], ["bandung", BROKEN, TYPED_YEAR], ["lima", UNSAVED], ["a b", "x"]]
    batch = bring(Event, workbook(Events=rows), kind="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(corrections.marked(batch))).active
    told = [[cell.value for cell in row][3] for row in sheet.iter_rows(min_row=2)]
    assert told[:2] == [f"{ERROR}\n{YEAR_OR_DAY}", FORMULA]
    assert told[2]
    coloured = [cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb.endswith(MARK_COLOUR)]
    assert coloured == ["B2", "C2", "B3", "A4"]


def test_a_spoilt_version_refuses_its_row():
    EventFactory(slug="bandung", title_en="Bandung")
    data = workbook(Events=[["slug", "version"], ["bandung", BROKEN]])
    assert complaints(bring(Event, data, kind="xlsx")) == {"version": ERROR}
