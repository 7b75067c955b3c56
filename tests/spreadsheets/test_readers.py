"""That readers see at once what a sheet does is said of those sheets of which it is so."""

import pytest

from apps.content.models import State
from apps.events.models import Event
from apps.organisations.models import Country
from apps.spreadsheets.models import Batch
from apps.spreadsheets.readers import reaches_readers, taken_from_readers
from apps.topics.models import Section, Topic
from tests.factories import EventFactory, TopicFactory
from tests.spreadsheets import sheets
from tests.spreadsheets.desk import bring
from tests.spreadsheets.translators.sheets import translator

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def reached(model, *rows, **options):
    return reaches_readers(sheets.bring(model, *rows, confirm=False, **options))


@pytest.mark.parametrize("state", ["", "Draft", "In review"])
def test_new_records_that_are_not_published_reach_nobody(state):
    assert reached(Event, {"slug": "bandung", "title_en": "Published", "state": state}) == ""


@pytest.mark.parametrize("state", ["published", "Published", "प्रकाशित"])
def test_new_records_that_are_published_do(state):
    draft = {"slug": "lusaka", "title_en": "Lusaka", "start": "1970", "state": "draft"}
    assert reached(Event, draft, {"slug": "bandung", "title_en": "Bandung", "start": "1955", "state": state}) == "now"


def test_what_changes_records_may_reach_them():
    EventFactory(slug="bandung", state=State.DRAFT)
    assert reached(Event, {"slug": "bandung", "title_en": "New"}) == "now"


def test_pages_that_a_sheet_takes_away_are_counted(editor):
    EventFactory(slug="bandung", state=State.PUBLISHED), EventFactory(slug="lima", state=State.PUBLISHED)
    rows = [{"slug": "bandung", "state": "Draft"}, {"slug": "lima", "title_en": "New", "state": "published"}]
    assert taken_from_readers(sheets.bring(Event, *rows, confirm=False)) == 1
    page = bring(editor, Event, "slug,state\nbandung,draft\n")
    assert "It takes 1 published page away: readers will no longer find it." in page.text


def test_the_page_of_a_sheet_of_published_rows_is_there_while_it_is_read(editor):
    page = bring(editor, Event, "slug,title_en,start,state\nlusaka,Lusaka,1970,published\n")
    Batch.objects.update(state=Batch.State.READING, headings=[])
    assert editor.get(page.request["PATH_INFO"]).status_code == 200


def test_what_a_translator_brings_waits_in_drafts():
    EventFactory(slug="bandung", state=State.PUBLISHED)
    assert reached(Event, {"slug": "bandung", "title_hi": "नया"}, by=translator()) == "draft"


def test_records_that_are_never_published_have_nothing_to_do_with_it():
    assert reached(Country, {"code": "IN", "name_en": "India"}) == ""


def test_a_new_section_of_a_note_that_is_there_may_reach_them():
    TopicFactory(slug="origins")
    assert reached(Section, {"topic": "origins", "anchor": "later", "heading_en": "Later", "position": "9"}) == "now"


@pytest.mark.parametrize(("note", "told"), [("origins", "now"), ("new", "")])
def test_in_a_workbook_a_new_section_reaches_them_if_its_note_is_not_new_itself(note, told):
    TopicFactory(slug="origins", title_en="Same")
    notes = [{"slug": "origins", "title_en": "Same"}, {"slug": "new", "position": "7", "title_en": "New"}]
    section = {"topic": note, "anchor": "later", "heading_en": "Later", "position": "9"}
    assert reached(Topic, sheets.written("xlsx", ("Notes", notes), ("Sections", [section])), kind="xlsx") == told


def test_the_page_warns_only_then(editor):
    warning = "readers see at once"
    assert warning not in bring(editor, Event, "slug,title_en\nbandung,Bandung\n").text
    assert warning in bring(editor, Event, "slug,title_en,start,state\nbandung,Bandung,1955,published\n").text
