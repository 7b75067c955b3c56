"""Readers get a page from the cache, and never an old one."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.comments import actions
from apps.comments.models import Comment
from apps.content.vocabulary import read_again
from tests.comments.factories import CommentFactory
from tests.factories import CitationFactory, EventFactory, OrganisationFactory, SectionFactory, TopicFactory

# Kept pages are for whoever comes after the commit: these tests need real ones.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

PAGE = "/en/topics/n/"


@pytest.fixture
def note(reader):
    note = TopicFactory(slug="n", sections=2)
    reader.get(PAGE)
    return note


def test_the_second_reader_costs_one_query_at_most(note, reader):
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(PAGE).status_code == 200
    assert len(queries) <= 1


def test_a_kept_page_is_the_page(note, reader):
    kept = reader.get(PAGE)
    cache.clear()
    made = reader.get(PAGE)
    assert kept.content == made.content
    assert gzip.decompress(reader.get(PAGE, HTTP_ACCEPT_ENCODING="gzip").content) == made.content
    assert "Accept-Encoding" in kept.headers["Vary"]


def change_the_title(note):
    note.title_en = "Changed"
    note.save()


def change_a_section(note):
    section = note.sections.first()
    section.body_en = "Changed"
    section.save()


def add_a_section(note):
    SectionFactory(topic=note, heading_en="Changed")


def add_the_note_after(note):
    TopicFactory(position=note.position + 1, title_en="Changed")


def name_an_organisation(note):
    OrganisationFactory(slug="changed", name_en="The text")


def cite_a_source(note):
    CitationFactory(record=note, note_en="Changed")


def approve_a_comment(note):
    comment = CommentFactory(topic=note, text="Changed", state=Comment.State.WAITING, decided_at=None)
    actions.decide(comments=Comment.objects.filter(pk=comment.pk), state=Comment.State.APPROVED, moderator=None)


@pytest.mark.parametrize(
    "change",
    [
        change_the_title,
        change_a_section,
        add_a_section,
        add_the_note_after,
        name_an_organisation,
        cite_a_source,
        approve_a_comment,
    ],
)
def test_a_change_shows_at_once(note, reader, change):
    before = reader.get(PAGE).text
    change(note)
    after = reader.get(PAGE).text
    assert "hanged" not in before
    assert "hanged" in after


def test_a_deleted_section_is_gone_at_once(note, reader):
    note.sections.first().delete()
    assert 'id="section-1"' not in reader.get(PAGE).text


def test_a_withdrawn_note_is_gone_at_once(note, reader):
    note.state = "withdrawn"
    note.save()
    assert reader.get(PAGE).status_code == 404


def test_a_scheduled_note_appears_when_its_time_comes(reader):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        TopicFactory(slug="n", publish_at=timezone.now() + timedelta(minutes=5))
        TopicFactory(slug="other")
        assert reader.get(PAGE).status_code == 404
        assert "/en/topics/n/" not in reader.get("/en/topics/").text
        clock.shift(timedelta(minutes=6))
        read_again()
        assert reader.get(PAGE).status_code == 200
        assert "/en/topics/n/" in reader.get("/en/topics/").text


def test_an_invented_query_makes_no_entry(note, reader, monkeypatch):
    monkeypatch.setattr("apps.content.page_cache.cache.set", None)
    assert reader.get(f"{PAGE}?invented=1").status_code == 200


def test_each_language_has_its_own(note, reader):
    assert '<html lang="hi">' in reader.get("/hi/topics/n/").text
    assert '<html lang="en">' in reader.get(PAGE).text


def test_a_list_shows_a_new_record_at_once(reader):
    reader.get("/en/events/")
    EventFactory(slug="new-event")
    assert "/en/events/new-event/" in reader.get("/en/events/").text
