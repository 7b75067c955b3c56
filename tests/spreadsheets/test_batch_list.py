"""The list of the sheets that came in: what waits for me, what is wrong, what kinds there are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.events.models import Event
from apps.organisations.models import Country
from apps.spreadsheets.models import PATIENCE, Batch
from tests.spreadsheets.desk import bring

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = reverse("admin:spreadsheets_batch_changelist")
STATES = ["reading", "importing", "undoing", "imported", "undone", "cancelled", "failed"]


@pytest.fixture
def another(django_user_model):
    """The browser of somebody else who sees all sheets."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("another"))
    return client


@pytest.fixture
def several(editor, another):
    """A sheet in each state, the editor's; and one that waits for somebody else."""
    good, bad = "slug,title_en\nbandung,Bandung\n", "slug,title_en,state\nbandung,Bandung,nonsense\n"
    for name in ["waits", "old", *STATES]:
        bring(editor, Event, good, f"{name}.csv")
        Batch.objects.filter(file_name=f"{name}.csv").update(state=name if name in STATES else "ready")
    bring(editor, Event, bad, "refused.csv")
    bring(editor, Event, "nonsense\nx\n", "problem.csv")
    bring(another, Event, good, "theirs.csv")
    Batch.objects.filter(file_name="old.csv").update(made_at=timezone.now() - PATIENCE - timedelta(minutes=1))


def names(client, **filters):
    page = client.get(ADDRESS, filters)
    assert page.status_code == 200
    return {each.file_name.removesuffix(".csv") for each in page.context["cl"].result_list}


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        ("mine", {"waits", "refused", "problem", "failed"}),
        ("wrong", {"refused", "problem", "failed"}),
        ("at-work", {"reading", "importing", "undoing"}),
        ("imported", {"imported"}),
        ("undone", {"undone"}),
        ("cancelled", {"cancelled"}),
    ],
)
def test_the_list_is_narrowed_by_how_a_sheet_stands(editor, several, standing, found):
    assert names(editor, standing=standing) == found


def test_what_waits_for_somebody_else_does_not_wait_for_me(another, several):
    assert "waits" in names(another)
    assert names(another, standing="mine") == {"theirs"}


def test_a_sheet_that_says_nothing_new_waits_for_nobody(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n", "new.csv")
    Batch.objects.update(new=0, same=1)
    assert names(editor, standing="mine") == set()
    assert "There is nothing to import" in editor.get(ADDRESS).text


def test_a_preview_that_is_too_old_says_so(editor, several):
    assert "No longer valid" in editor.get(ADDRESS).text


def test_the_list_is_narrowed_by_the_kind_of_sheet(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n", "events.csv")
    bring(editor, Country, "code,name_en\nIN,India\n", "countries.csv")
    page = editor.get(ADDRESS)
    assert "?kind=events.event" in page.text
    assert names(editor, kind="events.event") == {"events"}
    assert names(editor, kind="organisations.country") == {"countries"}


def test_only_kinds_that_are_there_can_be_chosen_and_one_that_is_no_more_among_them(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n", "old.csv")
    Batch.objects.update(sheet="gone.kind")
    page = editor.get(ADDRESS)
    assert "?kind=gone.kind" in page.text
    assert "?kind=events.event" not in page.text


def test_a_row_says_only_what_there_is(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\nlusaka,Lusaka\n")
    text = editor.get(ADDRESS).text
    assert "<span>2 new</span>" in text
    assert "0 refused" not in text


def test_the_words_of_the_list_are_plain(editor):
    bring(editor, Event, "slug,title_en\nbandung,Bandung\n")
    text = editor.get(ADDRESS).text
    assert "Uploaded" in text
    for word in ["Chosen", "Brought"]:
        assert word not in text
