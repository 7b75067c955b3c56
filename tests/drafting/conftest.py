import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from apps.content.models import State
from tests.factories import TopicFactory

PASSWORD = "a-long-password-1"


@pytest.fixture
def note(db):
    """A note that is being written: what is saved is in its row, not in a draft beside it."""
    return TopicFactory(sections=2, state=State.DRAFT)


@pytest.fixture
def colleague(django_user_model):
    """``colleague("meena", "topics.change_topic", …)``: somebody at the desk with just these rights."""

    def _colleague(name, *codes, **fields):
        user = django_user_model.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)
        for code in codes:
            app, codename = code.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        return user

    return _colleague


@pytest.fixture
def browser_of():
    """``browser_of(user)``: their browser, signed in."""

    def _browser(user):
        client = Client()
        client.force_login(user)
        return client

    return _browser
