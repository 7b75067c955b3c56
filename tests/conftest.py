"""What every test has: a reader's and an editor's browser, and a fresh start. Its settings: ``tests/settings.py``."""

import gc

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.utils import translation
from reversion.models import Revision

from apps.content.models import record_models
from apps.content.vocabulary import read_again
from apps.publishing.models import Edition
from apps.sources.models import Citation
from tests import flushing

# A slow machine is no mistake of the code: how long an example takes is for bench/ to say.
# The same examples in every run, or a change would be refused for what was wrong before it; to look for more:
# make test ARGS="--hypothesis-profile=search".
hypothesis.settings.register_profile("search", deadline=None, max_examples=1000)
hypothesis.settings.register_profile("portal", deadline=None, max_examples=50, derandomize=True)
hypothesis.settings.load_profile("portal")
flushing.quickly()


def pytest_collection_finish():
    """What is loaded by now stays to the end: whoever looks for rubbish need not look through it, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _fresh_start():
    """What a test before this one would leave to it: its cache, what it read, the language of its last request."""
    cache.clear()
    read_again()
    translation.deactivate()


@pytest.fixture
def unrendered(monkeypatch):
    """A page's view does its work, but no template is rendered, which takes most of the time: for walks over hundreds
    of addresses that ask for the status alone.
    """
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture
def reader(db):
    """A learner's browser: no account, no cookie."""
    return Client()


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("asha", "asha@portal.example", "a-long-password-1")


@pytest.fixture
def editor(superuser):
    """The browser of an editor with every right, signed in."""
    client = Client()
    client.force_login(superuser)
    return client


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """What the portal ships, loaded once for the tests of a module."""
    with django_db_blocker.unblock():
        call_command("load_fixtures", verbosity=0)
        yield
        for model in reversed(record_models()):
            Citation.objects.all().delete()
            model.objects.all().delete()
        Revision.objects.all().delete()
        Edition.objects.all().delete()
