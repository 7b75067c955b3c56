"""What an installation may be started with. Each start is a real one, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "a-key-for-this-test-only-0123456789-abcdefghijklmnopqrst"
OWN = {"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite://:memory:"}


def start(code="import sscportal.wsgi", **environment):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=OWN | environment, capture_output=True, text=True
    )


def settings_of(*names, **environment):
    """``{name: value}`` as an installation with this environment has them."""
    code = f"from sscportal import settings as s; print([getattr(s, name) for name in {names!r}])"
    result = start(code, SECRET_KEY=SECRET, **environment)
    assert result.returncode == 0, result.stderr
    return dict(zip(names, eval(result.stdout), strict=True))  # noqa: S307 - printed by ourselves


def test_an_installation_with_a_key_starts():
    assert start(SECRET_KEY=SECRET).returncode == 0


def test_a_start_without_a_secret_key_is_refused_with_what_to_set():
    result = start()
    assert result.returncode != 0
    assert "SECRET_KEY is not set. Set it to a long random string" in result.stderr


@pytest.fixture
def command(tmp_path):
    """Runs manage.py without a SECRET_KEY, from a folder in which var/ is what the test makes of it."""
    (tmp_path / "manage.py").write_text((settings.BASE_DIR / "manage.py").read_text())
    return lambda: subprocess.run(
        [sys.executable, tmp_path / "manage.py", "diffsettings"], env=OWN | {"PYTHONPATH": str(settings.BASE_DIR)},
        capture_output=True, text=True,
    )  # fmt: skip


def test_a_command_without_a_secret_key_says_what_to_set_and_nothing_else(command):
    result = command()
    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set. Set it to")
    assert "Traceback" not in result.stderr


def test_a_command_takes_the_secret_key_that_make_run_keeps(command, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_text(SECRET)
    result = command()
    assert result.returncode == 0, result.stderr
    assert f"SECRET_KEY = '{SECRET}'" in result.stdout


def test_a_production_start_for_every_host_is_refused_with_what_to_set():
    result = start(SECRET_KEY=SECRET, ALLOWED_HOSTS="notes.example.org,*")
    assert result.returncode != 0
    assert "Set ALLOWED_HOSTS to the names readers use" in result.stderr


def test_a_developer_may_serve_every_host():
    assert start(SECRET_KEY=SECRET, ALLOWED_HOSTS="*", DEBUG="1").returncode == 0


def test_debug_is_off_unless_somebody_asks_for_it():
    assert settings_of("DEBUG") == {"DEBUG": False}


@pytest.mark.parametrize(
    ("site_url", "secure"), [("https://notes.example.org", True), ("http://127.0.0.1:8000", False)]
)
def test_cookies_and_redirects_are_secure_wherever_the_portal_has_https(site_url, secure):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    assert set(settings_of(*names, SITE_URL=site_url).values()) == {secure}


@pytest.mark.parametrize(("version", "journal"), [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL")])
def test_sqlite_keeps_the_safe_journal_until_its_wal_bug_is_mended(version, journal):
    code = f"import sqlite3; sqlite3.sqlite_version_info = {version}; from sscportal import settings as s; "
    code += "print(s.DATABASES['default']['OPTIONS'])"
    options = start(code, SECRET_KEY=SECRET).stdout
    assert f"journal_mode={journal};" in options
    assert "'transaction_mode': 'IMMEDIATE'" in options


def test_postgresql_is_pooled_and_its_connections_are_checked():
    (database,) = settings_of("DATABASES", DATABASE_URL="postgres://u:p@db.example:5432/portal")["DATABASES"].values()
    assert database["CONN_HEALTH_CHECKS"]
    assert database["OPTIONS"]["pool"]["max_size"]


def test_sessions_live_in_the_database_whatever_the_cache():
    settled = settings_of("SESSION_ENGINE", CACHE_URL="redis://cache.example:6379/0")
    assert settled == {"SESSION_ENGINE": "django.contrib.sessions.backends.db"}


def test_a_redis_cache_is_one_that_may_fail():
    (cache,) = settings_of("CACHES", CACHE_URL="redis://cache.example:6379/0")["CACHES"].values()
    assert cache["BACKEND"] == "sscportal.cache.FailSoftRedisCache"


def test_one_proxy_is_believed_only_if_the_installation_says_it_has_one():
    assert settings_of("PROXY_COUNT") == {"PROXY_COUNT": 0}
    assert settings_of("PROXY_COUNT", BEHIND_PROXY="1") == {"PROXY_COUNT": 1}
