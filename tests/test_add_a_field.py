"""``docs/structure.md`` promises a translated field in four steps. Here they are done, in a copy of the project."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent

LOOK = """
from django.contrib.auth import get_user_model
from django.test import Client
from apps.topics.models import Topic
from apps.spreadsheets.declaration import columns_of

note = Topic(slug="n", state="published", position=1, title_en="T", subtitle_en="A subtitle", subtitle_hi="उपशीर्षक")
note.full_clean(); note.save()
assert "उपशीर्षक" in Client().get("/hi/topics/n/").text, "the page"
assert list(Topic.objects.search("उपशीर्षक")) == [note], "search"
assert {"subtitle_en", "subtitle_hi"} <= set(columns_of(Topic)), "the sheet"
editor = Client(); editor.force_login(get_user_model().objects.create_superuser("a", "a@b.example", "x"))
form = editor.get(f"/admin/topics/topic/{note.pk}/change/").text
row = form[form.index('name="subtitle_en"'):]
assert 'name="subtitle_hi"' in row[:row.index("form-row")], "side by side"
print("all there")
"""


def insert(path, before, line):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, line + before, 1), encoding="utf-8")


def copy_database(path):
    """The tests' own database, as the migrations up to now made it; elsewhere than on SQLite all of them run anew."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)


@pytest.mark.django_db
def test_a_translated_field_takes_four_steps(tmp_path):
    copy_database(tmp_path / "portal.sqlite3")
    for name in ("apps", "sscportal", "templates", "static", "locale", "fixtures"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", tmp_path)

    insert(
        tmp_path / "apps/topics/models.py",
        '    summary = models.TextField(_("summary")',
        '    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True, default="")\n',
    )
    insert(tmp_path / "apps/topics/translation.py", '"summary"', '"subtitle", ')
    insert(
        tmp_path / "templates/topics/topic_detail.html",
        '{% include "topics/_facts.html"',
        '{% bilingual topic "subtitle" %}\n',
    )

    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sscportal.settings",
        "SECRET_KEY": "x" * 60,
        "DEBUG": "1",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "ALLOWED_HOSTS": "testserver",
        "PYTHONPATH": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "",  # the second command takes what the first compiled
    }

    def manage(*words):
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Add field subtitle_hi to topic" in manage("makemigrations")
    manage("migrate", "--verbosity", "0")
    assert "all there" in manage("shell", "--verbosity", "0", "-c", LOOK)
