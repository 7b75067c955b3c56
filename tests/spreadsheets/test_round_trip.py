"""What goes out comes back the same, for every kind of record and of file."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from apps.content.models import record_models
from apps.events.models import Event
from apps.languages.fields import language_columns
from apps.organisations.models import Country, Organisation
from apps.practice.models import Question
from apps.sources.models import Citation
from apps.spreadsheets.columns import CLEAR, ChoiceColumn
from apps.spreadsheets.exporting import export
from apps.spreadsheets.records.sheet import RecordSheet
from apps.topics.models import Section, Topic
from tests.factories import CountryFactory, EventFactory, OrganisationFactory, TopicFactory
from tests.spreadsheets.sheets import (
    AWKWARD,
    KINDS,
    MODELS,
    bring,
    changes,
    counts,
    exported,
    fill_portal,
    label,
    refused,
    sheet_of,
    tables,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
every_model = pytest.mark.parametrize("model", MODELS, ids=label)
every_kind_of_file = pytest.mark.parametrize("kind", KINDS)


def unchanged(batch, count):
    return not batch.problems and counts(batch) == (0, 0, count, 0)


# --- Every kind of record --------------------------------------------------------------------------------------------


@every_model
@every_kind_of_file
def test_export_and_import_change_nothing(model, kind):
    fill_portal()
    batch = bring(model, exported(model, kind), kind=kind)
    parts = sum(part.objects.count() for part in _parts(model) if kind != "csv")
    assert unchanged(batch, model.objects.count() + parts), (batch.problems, refused(batch), changes(batch))


def _parts(model):
    return [sheet.model for sheet in RecordSheet(model).parts]


@pytest.mark.parametrize(("out", "back"), [("en", "hi"), ("hi", "en")])
@every_model
def test_a_sheet_in_one_language_of_the_desk_comes_back_in_the_other(model, out, back):
    fill_portal()
    batch = bring(model, exported(model, "csv", language=out), language=back)
    assert unchanged(batch, model.objects.count()), (batch.problems, refused(batch), changes(batch))


@every_kind_of_file
def test_a_workbook_in_hindi_is_read_by_an_english_desk_with_its_sections(kind):
    fill_portal()
    batch = bring(Topic, exported(Topic, kind, language="hi"), kind=kind)
    assert unchanged(batch, 1 if kind == "csv" else 3)


@every_kind_of_file
def test_sheets_make_in_an_empty_portal_what_they_were_made_from(kind):
    fill_portal()
    files, before = {model: exported(model, kind) for model in MODELS}, {model: sheet_of(model) for model in MODELS}
    for model in reversed(MODELS):
        model.objects.all().delete()
    for model in sorted(MODELS, key=lambda model: model in {Citation, Section}):  # what is cited comes before
        batch = bring(model, *without_versions(files[model], kind), kind=kind)
        assert not batch.is_refused, (batch.problems, refused(batch))
    assert {model: sheet_of(model) for model in MODELS} == before


def without_versions(data, kind):
    """The versions are those of records that are gone."""
    found = []
    for title, (headers, *rows) in tables(data, kind).items():
        found.append((title, [dict(zip(headers[:-1], texts, strict=False)) for texts in rows]))
    return [written(kind, *found)]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_of_notes_makes_their_sections_too(kind):
    fill_portal()
    data, sections = exported(Topic, kind), sheet_of(Section)
    Topic.objects.all().delete()
    batch = bring(Topic, *without_versions(data, kind), kind=kind)
    assert (batch.new, batch.state) == (3, "imported"), refused(batch)
    assert sheet_of(Section) == sections


@every_model
def test_an_empty_sheet_to_fill_in_has_the_headings_of_a_full_one(model):
    fill_portal()
    with export("xlsx", RecordSheet(model), model.objects.none()) as file:
        empty = tables(file.read(), "xlsx")
    full = tables(exported(model, "xlsx"), "xlsx")
    assert {title: rows[0] for title, rows in empty.items()} == {title: rows[0] for title, rows in full.items()}
    assert [len(rows) for rows in empty.values()] == [1] * len(empty)


# --- Any text --------------------------------------------------------------------------------------------------------

# Whatever an editor types or pastes; a NUL the form refuses.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
awkward = [
    "",
    "=1+1",
    "@",
    "'=x",
    "\t",
    "  दो",
    "_x000D_",
    "_x005F_x0041_",
    "]]>",
    "'",
    "''=",
    "＝1",
    CLEAR,
    f"'{CLEAR}",
]
lines = st.lists(texts | st.sampled_from(awkward), max_size=4).map("\n".join)


@every_kind_of_file
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_texts_come_back_as_they_were(kind, data):
    Event.objects.all().delete()
    names = [name for name in language_columns(Event) if Event._meta.get_field(name).max_length is None]
    records = [
        EventFactory.build(slug=f"event-{number}", **{name: data.draw(lines) for name in names}) for number in range(8)
    ]
    for record in records:
        record.make_ready()
    Event.objects.bulk_create(records)
    batch = bring(Event, exported(Event, kind), kind=kind)
    assert unchanged(batch, len(records)), (batch.problems, refused(batch), changes(batch))


@every_kind_of_file
def test_a_text_that_looks_like_something_else_stays_what_it_is(kind):
    texts = [AWKWARD, CLEAR, "[CLEAR]", f"'{CLEAR}", f" {CLEAR}\n", "'=1", "\n=1", "-5", "007", "1964-12", "TRUE"]
    for number, text in enumerate(texts):
        OrganisationFactory(slug=f"o-{number:02}", description_en=text)
    data = exported(Organisation, kind)
    Organisation.objects.update(description_en="other")
    assert bring(Organisation, *without_versions(data, kind), kind=kind).changed == len(texts)
    stored = Organisation.objects.order_by("slug").values_list("description_en", flat=True)
    assert list(stored) == [text.strip() for text in texts]  # as the form stores them


def test_a_formula_is_a_text_in_an_excel_file():
    EventFactory(slug="bandung", summary_en="=1+1")
    sheet = load_workbook(io.BytesIO(exported(Event, "xlsx"))).worksheets[0]
    place = [cell.value for cell in sheet[1]].index("Summary [English]")
    assert (sheet[2][place].value, sheet[2][place].data_type) == ("=1+1", "s")


def test_hindi_shows_in_excel():
    assert exported(Event).startswith(b"\xef\xbb\xbf")


# --- Dates, numbers, choices, relations ------------------------------------------------------------------------------


@every_kind_of_file
def test_dates_come_back_as_exactly_as_they_are_known(kind):
    for date in ["", "1955", "1955-04", "1955-04-18", "1800", "1899-12-31", "1900-02-28", "0900-01-01"]:
        EventFactory(start=date, state="draft")
    assert unchanged(bring(Event, exported(Event, kind), kind=kind), 8)


@every_kind_of_file
def test_moments_come_back_to_the_microsecond(kind):
    moments = [datetime.fromisoformat(f"2026-08-15T09:30:{second}+05:30") for second in ("00", "15", "15.000123")]
    for number, moment in enumerate(moments):
        EventFactory(slug=f"event-{number}", publish_at=moment)
    data = without_versions(exported(Event, kind), kind)
    Event.objects.update(publish_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert bring(Event, *data, kind=kind).changed == 3
    assert list(Event.objects.order_by("slug").values_list("publish_at", flat=True)) == moments


@every_kind_of_file
def test_numbers_come_back(kind):
    for number in (0, 7, 32767):
        TopicFactory(position=number)
    assert unchanged(bring(Topic, exported(Topic, kind), kind=kind), 3)


def test_a_choice_is_understood_as_people_of_either_language_call_it():
    words = ["In review", "in_review", " IN  REVIEW ", "in-review", "समीक्षा में"]
    rows = [{"slug": EventFactory(slug=f"event-{number}").slug, "state": word} for number, word in enumerate(words)]
    assert bring(Event, *rows).changed == len(words)
    assert set(Event.objects.values_list("state", flat=True)) == {"in_review"}


@pytest.mark.parametrize("word", ["हिन्दी", "हिंदी", "Hindi", "hi"])
def test_a_choice_is_understood_in_every_spelling_of_its_hindi(word):
    TopicFactory(slug="bandung", source_language="en")
    assert bring(Topic, {"slug": "bandung", "source_language": word}).changed == 1


def test_no_two_choices_of_a_field_are_called_alike():
    for model in record_models():
        for column in RecordSheet(model).columns:
            if isinstance(column, ChoiceColumn):
                assert len(set(column.values.values())) == len(column.model_field.flatchoices)


def test_a_choice_goes_out_as_people_call_it():
    EventFactory(slug="bandung", state="in_review")
    headers, row = tables(exported(Event, "csv", language="hi")).popitem()[1]
    assert dict(zip(headers, row, strict=False))["स्थिति"] == "समीक्षा में"


@pytest.mark.parametrize(
    "text", ["g-77; unctad", "unctad\ng-77", "G77, UNCTAD", "Group of 77; संयुक्त राष्ट्र सम्मेलन", "जी77;UNCTAD"]
)
def test_relations_are_named_by_key_name_or_acronym_in_either_language(text):
    OrganisationFactory(slug="g-77", name_en="Group of 77", acronym_en="G77", acronym_hi="जी77")
    OrganisationFactory(slug="unctad", acronym_en="UNCTAD", name_hi="संयुक्त राष्ट्र सम्मेलन")
    EventFactory(slug="bandung")
    assert changes(bring(Event, {"slug": "bandung", "organisations": text}))[2] == {
        "organisations": ["", "g-77; unctad"]
    }


@pytest.mark.parametrize("text", ["IN", "in", "India", "भारत", " india (IN) "])
def test_a_relation_is_named_by_code_or_by_name(text):
    india = CountryFactory(code="IN", name_en="India", name_hi="भारत")
    EventFactory(slug="bandung")
    bring(Event, {"slug": "bandung", "country": text})
    assert Event.objects.get().country == india


def test_the_order_of_relations_is_no_change():
    organisations = [OrganisationFactory(slug=slug) for slug in ("b", "a", "c")]
    TopicFactory(slug="note", organisations=organisations)
    assert unchanged(bring(Topic, {"slug": "note", "organisations": "c;  b ; a"}), 1)


@pytest.mark.parametrize("model", [Section, Question, Citation], ids=label)
def test_a_part_is_known_by_its_whole(model):
    fill_portal()
    key = "record" if model is Citation else "topic"
    whole = {row[key] for row in sheet_of(model)}
    assert whole == {"events.event/bandung" if model is Citation else "origins"}


def test_a_country_is_known_by_its_code():
    CountryFactory(code="IN", name_en="India")
    assert changes(bring(Country, {"code": "IN", "name_hi": "इंडिया"}))[2]["name_hi"][1] == "इंडिया"
