"""A form whose token has grown old, because somebody signed in anew in another tab: sent again, nothing is lost."""

import re

import pytest
from django.test import Client

from apps.topics.models import Topic
from tests.editorial.families import address, form_data

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HERE = {"Origin": "http://testserver"}


@pytest.fixture
def strict_editor(superuser):
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser)
    return client


def hidden_fields(response):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.text))


def stale(client, path, headers=HERE, **typed):
    data = form_data(client.get(path)) | typed | {"csrfmiddlewaretoken": "0" * 64}
    return client.post(path, data, headers=headers)


def test_the_page_sends_the_same_fields_again_and_they_are_saved(strict_editor, note):
    path = address(note, "change")
    response = stale(strict_editor, path, title_en="“Lima” & <others>", title_hi="लीमा")
    assert response.status_code == 403
    assert "Send it again" in response.text
    assert f'action="{path}"' in response.text
    fields = {name: value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
              for name, value in hidden_fields(response).items()}  # fmt: skip
    assert strict_editor.post(path, fields, headers=HERE).status_code == 302
    saved = Topic.objects.get(pk=note.pk)
    assert (saved.title_en, saved.title_hi) == ("“Lima” & <others>", "लीमा")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_form_of_another_site_is_never_sent_again(strict_editor, note, origin):
    response = stale(strict_editor, address(note, "change"), headers={"Origin": origin}, title_en="Evil")
    assert response.status_code == 403
    assert "Evil" not in response.text


def test_a_browser_that_does_not_say_where_the_form_stood_is_not_believed(strict_editor, note):
    assert "Evil" not in stale(strict_editor, address(note, "change"), headers={}, title_en="Evil").text


def test_a_form_with_a_password_is_not_repeated(strict_editor):
    fields = {"username": "asha", "password": "typed-by-hand"}
    response = strict_editor.post("/admin/login/", fields, headers=HERE)
    assert response.status_code == 403
    assert "typed-by-hand" not in response.text
    assert "Send it again" not in response.text


def test_a_form_outside_the_desk_gets_the_plain_page(reader):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/i18n/setlang/", {"language": "hi"}, headers=HERE)
    assert response.status_code == 403
    assert "Send it again" not in response.text
