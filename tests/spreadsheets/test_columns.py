"""The columns of every kind of record, derived from its declaration; and what a form says, a sheet says too."""

import csv
import io

import pytest
from django.utils import translation

from apps.events.models import Event
from apps.languages.fields import columns, language_columns, translated_fields
from apps.organisations.models import Organisation
from apps.practice.models import Question
from apps.sources.models import Citation, Source
from apps.spreadsheets.records.sheet import RecordSheet
from apps.topics.models import Section, Topic
from tests.editorial.families import address, form_data
from tests.factories import EventFactory, OrganisationFactory, QuestionFactory, SourceFactory, TopicFactory
from tests.spreadsheets.sheets import MODELS, bring, complaints, label, sheet_of

every_model = pytest.mark.parametrize("model", MODELS, ids=label)


def names(model):
    return [column.name for column in RecordSheet(model).all_columns]


@every_model
def test_each_language_has_its_columns_and_the_bare_name_has_none(model):
    assert set(language_columns(model)) <= set(names(model))
    assert not set(translated_fields(model)) & set(names(model))


@every_model
def test_languages_stand_side_by_side(model):
    for name in translated_fields(model):
        first, second = (names(model).index(each) for each in columns(name))
        assert second == first + 1


@every_model
def test_what_is_derived_or_internal_has_no_column(model):
    internal = {"id", "updated_at", "search_text", "outdated", "created_by", "content_type", "object_id"}
    assert not internal & set(names(model))


@every_model
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_column_says_what_it_is_and_what_to_write(model, language):
    with translation.override(language):
        labels = [str(column.label) for column in RecordSheet(model).all_columns]
        assert all(isinstance(str(column.help), str) for column in RecordSheet(model).all_columns)
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("model", "key"), [(Event, ["slug"]), (Section, ["topic", "anchor"]), (Citation, ["record", "position"])], ids=str
)
def test_the_key_comes_first_and_the_version_last(model, key):
    assert names(model)[: len(key)] == key == RecordSheet(model).keys
    assert names(model)[-1] == "version"


def test_columns_follow_the_model():
    assert names(Topic) == [
        "slug", "state", "publish_at", "withdraw_at", "source_language",
        "title_en", "title_hi", "summary_en", "summary_hi",
        "key_points_en", "key_points_hi", "position", "author_en", "author_hi",
        "organisations", "events", "terms", "version",
    ]  # fmt: skip


def test_a_note_brings_the_sheets_of_its_sections_and_questions():
    assert {part.model for part in RecordSheet(Topic).parts} >= {Section}
    assert RecordSheet(Event).parts == []


# --- The same verdict by file and by form ----------------------------------------------------------------------------

RECORDS = {
    Event: lambda: EventFactory(slug="it", state="draft", start="1955", end=""),
    Topic: lambda: TopicFactory(slug="it", state="draft", position=3),
    Organisation: lambda: OrganisationFactory(slug="it", state="draft", founded="", website=""),
    Source: lambda: SourceFactory(slug="it"),
    Question: lambda: QuestionFactory(topic=TopicFactory(slug="it"), position=1),
}
KEYS = {Question: {"topic": "it", "position": "1"}}

DATES = [
    "1964", "1964-12", "1964-12-31", "31/12/1964", "12/31/1964", "दिसंबर 1964", "३१ दिसम्बर १९६४", "December 1964",
    "1964-12-31 00:00:00", " 1964 ",
    "31/12/64", "05/06/1964", "1964-13", "1964-02-30", "1964-12-31 10:00", "last year", "1964-5", "0000", "31 December",
]  # fmt: skip
WRONG_OR_RIGHT = [
    *[(Event, "start", text) for text in DATES],
    *[(Event, "end", text) for text in ["1955", "1954", "1955-01", "x"]],
    *[(Organisation, "founded", text) for text in ["1964-06", "६/१९६४", "1964-6-15"]],
    *[(Source, "published", text) for text in ["1955", "31.12.1955", "1955-00"]],
    *[
        (Event, "title_en", text)
        for text in ["Bandung", "x" * 200, "x" * 201, "a\u202eb", "ॅज्व् का", "  spaces  ", "=1+1", "two\nlines", "a\x0bb"]
    ],
    *[(Event, "title_hi", text) for text in ["बांडुंग", "Hkkjr", "क\u200dष"]],
    *[(Event, "summary_en", text) for text in ["One.\r\nTwo.", "[x](event:bandong)", "[x](event:it)", "<b>x</b>"]],
    *[(Event, "summary_en", text) for text in ["Shift\x0band Enter", "a\x01b\x0cc", "c\ufffe"]],
    *[(Topic, "summary_en", text) for text in ["word " * 60, "word " * 61]],
    *[(Topic, "key_points_en", text) for text in ["one", "one\ntwo\nthree"]],
    *[(Topic, "position", text) for text in ["7", " 7 ", "7.0", "7.5", "-1", "seven", "9" * 30, "७"]],
    *[
        (Organisation, "website", text)
        for text in ["https://example.org/?a=1", "javascript:alert(1)", "example", "ftp://x.org", "https://a b.org"]
    ],
    *[
        (Organisation, "website", text)
        for text in ["example.org", "//example.org", "www.un.org/a", "http://example.org"]
    ],
    *[(Question, "correct", text) for text in ["1", "2", "0", "3", "x"]],
    *[(Question, "choices_en", text) for text in ["One\nTwo", "One"]],
]  # fmt: skip


def by_sheet(record, name, text):
    """What is said against ``text``, or ``""`` and what is stored."""
    cells = KEYS.get(type(record), {"slug": "it"}) | {name: text}
    file = io.StringIO()  # by Python, which writes what our own exports have not
    csv.writer(file).writerows([cells.keys(), cells.values()])
    batch = bring(type(record), file.getvalue().encode("utf-8", "surrogatepass"))
    said = complaints(batch) if batch.refused else {}
    return said, value(record, name)


def by_form(editor, record, name, text):
    there = address(record, "change")
    data = form_data(editor.get(there)) | {name: text}
    response = editor.post(there, data)
    form = response.context and response.context["adminform"].form
    said = {field: " ".join(each) for field, each in form.errors.items()} if form else {}
    return said, value(record, name)


def value(record, name):
    found = type(record).objects.get(pk=record.pk)
    return getattr(found, name)


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(("model", "name", "text"), WRONG_OR_RIGHT)
def test_a_sheet_says_what_the_form_says_and_stores_what_it_stores(editor, model, name, text):
    record = RECORDS[model]()
    before = value(record, name)
    sheet = by_sheet(record, name, text)
    model.objects.filter(pk=record.pk).update(**{name: before})
    assert by_form(editor, record, name, text) == sheet


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "name", "text"),
    [
        (Topic, "source_language", "fr"),
        (Topic, "source_language", ""),
        (Organisation, "kind", "x"),
        (Organisation, "kind", ""),
    ],
)
def test_a_choice_that_there_is_not_is_refused_by_both(editor, model, name, text):
    record = RECORDS[model]()
    assert name in by_sheet(record, name, text or "[clear]")[0]
    assert name in by_form(editor, record, name, text)[0]


@pytest.mark.django_db
def test_an_organisation_that_is_its_own_part_is_refused_in_the_same_words(editor):
    record = RECORDS[Organisation]()
    assert by_sheet(record, "parent", "it")[0] == by_form(editor, record, "parent", str(record.pk))[0]


@pytest.mark.django_db
def test_a_place_that_is_taken_is_refused_in_the_same_words(editor):
    record = RECORDS[Topic]()
    TopicFactory(position=7)
    said = by_form(editor, record, "position", "7")[0]
    assert list(by_sheet(record, "position", "7")[0].values()) == list(said.values())


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["bandung", "Bandung", "ban dung", "बांडुंग", "bandung-", "x" * 81, "it"])
def test_the_address_name_of_a_new_record_gets_the_same_verdict(editor, slug):
    RECORDS[Event]()
    data = form_data(editor.get(address(Event, "add"))) | {"slug": slug, "title_en": "Bandung", "summary_en": "x"}
    response = editor.post(address(Event, "add"), data)
    by_form = response.context["adminform"].form.errors.get("slug", []) if response.context else []
    Event.objects.exclude(slug="it").delete()
    batch = bring(Event, {"slug": slug, "title_en": "Bandung"})
    if slug == "it":
        assert (by_form, batch.changed) == (["Another record already has this address name."], 1)
    else:
        assert (complaints(batch).get("slug", "") if batch.refused else "") == " ".join(by_form)
        assert [row["slug"] for row in sheet_of(Event) if row["slug"] != "it"] == ([] if by_form else [slug])
