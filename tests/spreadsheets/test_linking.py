"""The page of a sheet leads to the records it writes."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from apps.content.models import State
from apps.events.models import Event
from apps.topics.models import Section
from tests.factories import EventFactory, TopicFactory
from tests.spreadsheets.desk import batch, bring, its, press, undo
from tests.spreadsheets.translators import sheets as translators

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DRAFTS = f'href="{reverse("admin:index")}#your-drafts"'


def page_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def urls(page):
    return [row.url for row in page.context["rows"]]


def test_a_row_leads_to_its_record_and_a_new_one_only_once_it_is_made(editor):
    event = EventFactory(slug="bandung", title_en="Old")
    preview = bring(editor, Event, "slug,title_en\nbandung,New\nbelgrade,Belgrade\n")
    assert urls(preview) == [page_of(event), ""]
    done = press(editor, "confirm")
    assert urls(done) == [page_of(event), page_of(Event.objects.get(slug="belgrade"))]
    assert f'<a class="sheet-link" href="{page_of(event)}">New</a>' in done.text
    assert urls(undo(editor)) == [page_of(event), ""]


def test_a_section_leads_to_its_note(editor):
    note = TopicFactory(slug="origins", sections=1)
    assert urls(bring(editor, Section, "topic,anchor,heading_en\norigins,section-1,New\n")) == [page_of(note)]


def test_who_may_not_see_the_records_gets_no_links(editor, client, django_user_model):
    EventFactory(slug="bandung", title_en="Old")
    bring(editor, Event, "slug,title_en\nbandung,New\n")
    watcher = django_user_model.objects.create_user("watcher", is_staff=True)
    watcher.user_permissions.set(Permission.objects.filter(codename="view_batch"))
    client.force_login(watcher)
    page = client.get(its("change"))
    assert urls(page) == [""]
    assert "New" in page.text


def test_a_page_of_rows_takes_as_many_queries_as_one_row(editor, django_assert_max_num_queries):
    note = TopicFactory(slug="origins", sections=60)
    rows = "".join(f"origins,section-{number},New {number}\n" for number in range(1, 61))
    bring(editor, Section, f"topic,anchor,heading_en\n{rows}")
    with django_assert_max_num_queries(20):
        assert urls(editor.get(its("change"))) == [page_of(note)] * 50


def test_a_translators_rows_lead_to_their_records_and_the_page_to_the_drafts(client):
    event, by = EventFactory(slug="bandung", title_hi="", state=State.PUBLISHED), translators.translator()
    found = translators.bring([translators.typed("events.event", "bandung", "title", "नया")], by=by)
    client.force_login(by)
    preview = client.get(its("change", found))
    assert urls(preview) == [page_of(event)]
    assert DRAFTS not in preview.text
    assert DRAFTS in press(client, "confirm", found).text
    assert 'id="your-drafts"' in client.get(reverse("admin:index")).text


def test_what_went_straight_into_the_records_leads_to_no_drafts(editor):
    EventFactory(slug="bandung", title_en="Old")
    bring(editor, Event, "slug,title_en\nbandung,New\n")
    assert DRAFTS not in press(editor, "confirm").text
    assert batch().state == "imported"
