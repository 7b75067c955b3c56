import re

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from tests.factories import TopicFactory

TOKEN = re.compile('name="token" value="([^"]+)"')
TYPED = {"name": "Asha", "email": "asha@learner.example", "text": "Was Bandung the beginning?", "subject": ""}


@pytest.fixture
def topic(db):
    return TopicFactory(slug="nam", title_en="The Movement", title_hi="आन्दोलन")


@pytest.fixture
def clock():
    """A time that only moves when a test moves it: noon, so that no hour counted back crosses midnight."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


@pytest.fixture
def token_on(reader):
    """Opens the form as a reader does; gives the token in it."""

    def open_form(topic, language="en", **query):
        page = reader.get(f"/{language}/topics/{topic.slug}/comments/new/", query)
        return TOKEN.search(page.content.decode()).group(1)

    return open_form


@pytest.fixture
def send(reader, clock, token_on):
    """Opens the form, takes ``seconds`` to fill it in, sends it; ``typed`` overrides what a good comment would say."""

    def fill_in(topic, language="en", seconds=10, address="192.0.2.1", **typed):
        token = typed.pop("token", None) or token_on(topic, language)
        clock.shift(seconds)
        return reader.post(
            f"/{language}/topics/{topic.slug}/comments/new/", {**TYPED, "token": token, **typed}, REMOTE_ADDR=address
        )

    return fill_in


@pytest.fixture
def moderator(django_user_model):
    """A browser of somebody who moderates but may neither see e-mail addresses nor export."""
    return _signed_in(django_user_model, "meena", "view_comment", "change_comment")


@pytest.fixture
def browser_with(django_user_model):
    """``browser_with("view_comment", …)``: signed in with exactly these rights on comments."""
    return lambda *rights: _signed_in(django_user_model, "_".join(rights)[:150] or "nobody", *rights)


def _signed_in(users, name, *rights):
    user = users.objects.create_user(name, password="a-long-password-1", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="comments", codename__in=rights))
    browser = Client()
    browser.force_login(user)
    browser.user = user
    return browser
