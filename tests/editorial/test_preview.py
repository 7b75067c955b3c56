"""The preview of a record's page, for editors only."""

import uuid

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from apps.content.models import State
from apps.topics.models import Topic
from tests.editorial.families import address
from tests.factories import EventFactory, GlossaryTermFactory, OrganisationFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WITH_A_PAGE = [TopicFactory, OrganisationFactory, EventFactory]


@pytest.mark.parametrize("factory", WITH_A_PAGE)
@pytest.mark.parametrize("state", State.values)
def test_a_record_of_any_state_is_previewed_in_both_languages(editor, factory, state):
    record = factory(state=state)
    form = editor.get(address(record, "change")).content.decode()
    for language in ("en", "hi"):
        there = address(record, "preview", language)
        assert there in form
        response = editor.get(there)
        page = response.content.decode()
        assert getattr(record, f"{record.label_field}_{language}") in page
        assert f'<html lang="{language}"' in page
        assert response.headers["Content-Language"] == language
        assert response.context["is_preview"] is True


def test_a_preview_shows_the_sections(editor):
    topic = TopicFactory(state=State.DRAFT, sections=2)
    page = editor.get(address(topic, "preview", "hi")).content.decode()
    assert topic.sections.last().heading_hi in page


def test_a_preview_is_not_for_search_engines_nor_for_any_cache(editor):
    headers = editor.get(address(TopicFactory(), "preview", "en")).headers
    assert headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in headers["Cache-Control"]


def test_the_language_of_the_desk_stays_after_a_preview(editor):
    topic = TopicFactory()
    editor.get(address(topic, "preview", "hi"))
    assert '<html lang="en"' in editor.get(address(topic, "change")).content.decode()


def test_who_may_not_see_a_record_here_gets_404_for_its_preview(django_user_model, client):
    topic = TopicFactory(state=State.DRAFT)
    user = django_user_model.objects.create_user("guest", is_staff=True)
    client.force_login(user)
    assert client.get(address(topic, "preview", "en")).status_code == 404
    user.user_permissions.add(Permission.objects.get(codename="view_topic"))
    assert client.get(address(topic, "preview", "en")).status_code == 200


def test_a_stranger_is_led_to_sign_in():
    response = Client().get(address(TopicFactory(), "preview", "en"))
    assert response.url.startswith(reverse("admin:login"))


def test_what_there_is_not_has_no_preview(editor):
    missing = Topic(pk=uuid.uuid4())
    for there in (
        address(TopicFactory(), "preview", "fr"),
        address(missing, "preview", "en"),
        address(GlossaryTermFactory(), "preview", "en"),
        "/admin/topics/topic/no-such-id/preview/en/",
    ):
        assert editor.get(there).status_code == 404
