import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.database


def test_health_answers_without_asking_the_database():
    """No ``db`` fixture: pytest-django raises at the first query."""
    response = Client().get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_says_ok_when_the_database_has_every_migration(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = reader.get("/ready/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_is_503_while_a_migration_is_missing(reader):
    MigrationRecorder(connection).record_unapplied("topics", "0001_initial")
    response = reader.get("/ready/")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "reason": "migrations"})


def test_ready_is_503_while_the_database_is_out_of_reach(reader):
    def lost_connection(*args):
        raise OperationalError

    with connection.execute_wrapper(lost_connection):
        response = reader.get("/ready/")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "reason": "database"})


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_no_one_keeps_an_answer_that_may_change_in_a_second(reader, address):
    assert "no-store" in reader.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_a_probe_past_the_proxy_is_not_sent_to_https(reader, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    assert reader.get(address).status_code == 200


def test_robots_may_read_everything_but_the_admin_and_learn_where_the_sitemap_is(reader):
    lines = reader.get("/robots.txt").text.splitlines()
    assert [line for line in lines if line.startswith("Disallow")] == ["Disallow: /admin/"]
    assert "Sitemap: https://portal.example/sitemap.xml" in lines
