"""The content this portal ships, held against the rules of the house."""

import re
import unicodedata

import pytest
from django.core.management import call_command

from apps.content.models import content_models, record_models
from apps.content.text import render
from apps.events.models import Event
from apps.glossary.models import GlossaryTerm
from apps.languages.fields import columns, language_codes, language_columns, translated_fields
from apps.languages.graphemes import words
from apps.languages.legacy import find_damage
from apps.organisations.models import Organisation
from apps.topics.models import Section, Topic
from tests.shipped import FILES, FOLDER, rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LANGUAGES = language_codes()


def texts(path):
    for row in rows(path):
        for name, value in row["fields"].items():
            if isinstance(value, str):
                yield f"{row['model']} {row['fields'].get('slug', '')} {name}", name, value


def test_there_are_eleven_notes_in_order(content):
    assert list(Topic.objects.published().values_list("position", flat=True)) == list(range(1, 12))


def test_the_glossary_has_at_least_forty_terms(content):
    assert GlossaryTerm.objects.published().count() >= 40


def test_everything_shipped_is_public(content):
    for model in content_models():
        assert model.objects.count() == model.objects.published().count(), model


def test_every_text_stands_in_both_languages(content):
    for model in record_models():
        for record in model.objects.all():
            for name in translated_fields(model):
                filled = {bool(getattr(record, column)) for column in columns(name)}
                # Two languages may write one short form differently, or only one of them may have one.
                if name not in {"acronym", "other_names"}:
                    assert len(filled) == 1, f"{record.natural_key()} {name}"


def test_every_note_and_section_is_whole_in_both_languages(content):
    for record in [*Topic.objects.all(), *Section.objects.all()]:
        for column in language_columns(type(record)):
            assert getattr(record, column), f"{record.natural_key()} {column}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_carries_damage_from_a_legacy_font(path):
    assert [(where, find_damage(text)) for where, _name, text in texts(path) if find_damage(text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_hindi_is_written_in_the_spelling_of_the_house(path):
    for where, name, text in texts(path):
        assert text == unicodedata.normalize("NFC", text), where
        assert not re.search("[\u200b-\u200f]", text), where
        if name.endswith("_hi"):
            assert not re.search("[\u0966-\u096f]", text), f"{where}: international digits in both languages"
            assert not re.search(r"\*\*[^*]+[।.,]\*\*(?=\S)", text), f"{where}: not bold in Markdown"


@pytest.mark.parametrize("model", [Organisation, Event])
def test_every_organisation_and_event_is_named_by_a_note(content, model):
    assert list(model.objects.filter(topics__isnull=True)) == []


def test_what_a_note_names_in_its_text_is_among_its_facts(content):
    """A linked event or organisation stands beside the text too, in both languages."""
    for topic in Topic.objects.all():
        related = {
            "event": {each.slug for each in topic.events.all()},
            "organisation": {each.slug for each in topic.organisations.all()},
        }
        for section in topic.sections.all():
            for language in LANGUAGES:
                body = getattr(section, f"body_{language}")
                for kind, slug in re.findall(r"\]\((event|organisation):([a-z0-9-]+)\)", body):
                    assert slug in related[kind], f"{topic.slug} #{section.anchor} {language}: {kind}:{slug}"


def test_notes_have_the_length_of_a_lesson(content):
    for topic in Topic.objects.all():
        assert 4 <= topic.sections.count() <= 8
        for language in LANGUAGES:
            text = " ".join(getattr(section, f"body_{language}") for section in topic.sections.all())
            count = len(words(re.sub(r"\]\([^)]*\)", "]", text)))
            assert 700 <= count <= 1500, f"{topic.slug} {language}: {count} words"
            assert len(getattr(topic, f"summary_{language}").split()) <= 60, topic.slug
            assert 3 <= len(getattr(topic, f"key_points_{language}").splitlines()) <= 6, topic.slug


def test_every_note_can_be_practised_and_names_its_sources(content):
    for topic in Topic.objects.all():
        kinds = {bool(question.choices_en) for question in topic.questions.all()}
        assert topic.questions.count() >= 5
        assert kinds == {True, False}, f"{topic.slug}: both multiple choice and short answers"
        assert topic.references


def test_every_event_and_organisation_names_a_source(content):
    for model in (Organisation, Event):
        for record in model.objects.all():
            assert record.references, record


@pytest.mark.parametrize(
    ("model", "slug", "fact"),
    [
        (Organisation, "ior-arc", "founded"),
        (Event, "ior-arc-founded", "date"),
        (Event, "new-delhi-consultations", "date"),
        (Event, "g15-new-delhi", "date"),
        (Event, "unctad-vi-1983", "place"),
        (Event, "pyongyang-ministers-1987", "participants"),
        (Topic, "south-south-cooperation-overview", "origin"),
        (Topic, "milestones-1955-2002", "origin"),
        (Organisation, "unossc", "name"),
        (Organisation, "asean", "members"),
        (Organisation, "saarc", "members"),
        (Event, "asean-manila-1998", "date"),
    ],
)
def test_a_known_disagreement_is_data(content, model, slug, fact):
    assert fact in {each.value for each, _citations in model.objects.get(slug=slug).differences}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_in_a_note_leads_somewhere(content, language):
    for section in Section.objects.select_related("topic"):
        html = render(getattr(section, f"body_{language}"), language=language)
        assert not re.search(r"(event|organisation|topic|term):[a-z]", html), section.natural_key()
        assert "](" not in html, f"{section.natural_key()}: a link that is not one"


def test_loading_again_leaves_every_edit(content):
    topic = Topic.objects.get(position=1)
    before = Topic.objects.count()
    Topic.objects.filter(pk=topic.pk).update(author_en="An editor was here")
    call_command("load_fixtures", verbosity=0)
    assert Topic.objects.get(pk=topic.pk).author_en == "An editor was here"
    assert Topic.objects.count() == before


def test_loaddata_over_existing_records_duplicates_nothing(content):
    counts = {model: model.objects.count() for model in record_models()}
    call_command(
        "loaddata", *(str(FOLDER / f"{name}.yaml") for name in ("sources", "countries", "glossary")), verbosity=0
    )
    call_command("loaddata", str(FOLDER / "organisations.yaml"), str(FILES[-1]), verbosity=0)
    assert {model: model.objects.count() for model in record_models()} == counts
