"""What every test has: a reader's and an editor's browser, an empty cache, settings that do not depend on this machine."""

import os

# The live server and Playwright each run a loop of their own; Django's guard can't tell that they do not share it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ["DEBUG"] = "0"
os.environ["SITE_URL"] = "https://portal.example"
os.environ["EMAIL_URL"] = "memorymail://"

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _test_settings(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "portal.example"]
    cache.clear()


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
