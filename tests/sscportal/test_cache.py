"""A cache that is down costs time, not pages."""

import socket
import time

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache

from apps.languages.fields import language_codes
from sscportal import cache as fail_soft
from tests.factories import TopicFactory


@pytest.fixture
def dead_redis(settings):
    """CACHE_URL leads to a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # The whole dictionary: pytest-django tells Django that CACHES changed.
    settings.CACHES = {
        "default": {
            "BACKEND": "sscportal.cache.FailSoftRedisCache",
            "LOCATION": f"redis://:password@127.0.0.1:{port}/0",
        }
    }
    yield
    fail_soft._resting_until.clear()


def test_every_operation_of_a_dead_cache_is_a_miss(dead_redis):
    cache.set("word", "शब्द", 60)
    assert cache.get("word", "nothing") == "nothing"
    assert cache.get_or_set("word", lambda: "made anew") == "made anew"
    assert cache.get_many(["word"]) == {}
    assert cache.set_many({"word": 1}) == []
    assert not cache.has_key("word")
    assert not cache.touch("word")
    assert not cache.delete("word")
    cache.delete_many(["word"])
    cache.clear()
    with pytest.raises(ValueError, match="word"):
        cache.incr("word")  # what Django says of any key that is not there


def test_no_operation_of_django_s_backend_is_forgotten():
    public = {name for name in vars(RedisCache) if not name.startswith("_")}
    assert public - {"get_backend_timeout"} == set(fail_soft.OPERATIONS)


def test_the_log_says_it_once_and_without_the_password(dead_redis, caplog):
    for _each in range(20):
        cache.get("word")
    (record,) = caplog.records
    assert "No cache (ConnectionError)" in record.getMessage()
    assert "password" not in caplog.text


def test_a_dead_cache_is_asked_again_after_a_while(dead_redis, monkeypatch, caplog):
    monkeypatch.setattr(fail_soft, "REST_SECONDS", 0)
    cache.get("word")
    cache.get("word")
    assert len(caplog.records) == 2


@pytest.mark.django_db
def test_pages_are_served_without_a_cache(dead_redis, reader):
    note = TopicFactory(sections=2)
    started = time.monotonic()
    for language in language_codes():
        assert reader.get(f"/{language}/topics/{note.slug}/").status_code == 200
    assert time.monotonic() - started < 5
