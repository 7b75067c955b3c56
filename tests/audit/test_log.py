"""What the audit log keeps, and that it keeps it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from apps import audit
from apps.audit.models import Entry, WrittenOnce
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def log(superuser):
    """The verbs of the entries since the test began, oldest first."""
    seen = set(Entry.objects.values_list("pk", flat=True))
    return lambda: list(Entry.objects.exclude(pk__in=seen).order_by("pk").values_list("verb", flat=True))


PASSWORD = "a-long-password-1"


def last():
    return Entry.objects.order_by("-pk").first()


def test_an_entry_names_who_did_what_to_which_record(superuser):
    note = TopicFactory(title_en="UNCTAD")
    audit.log(audit.Verb.PUBLISHED, by=superuser, about=note, edition=2)
    entry = last()
    assert (entry.by, entry.by_name, entry.about, entry.about_label) == (superuser, "asha", note, "UNCTAD")
    assert entry.details == {"edition": 2}


def test_names_stay_after_the_account_and_the_record_are_gone(superuser):
    note = TopicFactory(title_en="UNCTAD")
    audit.log(audit.Verb.PUBLISHED, by=superuser, about=note)
    note.delete()
    superuser.delete()
    entry = last()
    assert (entry.by, entry.by_name, entry.about_label) == (None, "asha", "UNCTAD")


def test_what_is_rolled_back_was_not_done(log):
    with transaction.atomic():
        audit.log(audit.Verb.PUBLISHED)
        transaction.set_rollback(True)
    assert log() == []


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(by_name="somebody else"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["by_name"]),
    ],
    ids=["save", "delete", "update", "delete many", "bulk update"],
)
def test_an_entry_is_never_changed(superuser, attempt):
    audit.log(audit.Verb.PUBLISHED, by=superuser)
    with pytest.raises(WrittenOnce), transaction.atomic():
        attempt(last())
    assert last().by_name == "asha"


def test_old_entries_are_forgotten_by_the_command_alone():
    Entry.objects.create(verb="exported", at=timezone.now() - timedelta(days=401))
    recent = Entry.objects.create(verb="exported", at=timezone.now() - timedelta(days=399))
    output = StringIO()
    call_command("forget_audit", "--older-than=400", stdout=output)
    assert "Deleted 1 entries" in output.getvalue()
    assert list(Entry.objects.filter(verb="exported")) == [recent]


def test_forgetting_everything_is_refused():
    with pytest.raises(CommandError, match="at least 1"):
        call_command("forget_audit", "--older-than=0")


# --- What writes to it ---------------------------------------------------------------------------------------------


def sign_in(client, password=PASSWORD, name="asha"):
    return client.post("/admin/login/", {"username": name, "password": password})


def test_signing_in_and_out_is_written_down_with_the_network_address(superuser, log):
    client = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(client)
    assert (last().by, last().sender) == (superuser, "203.0.113.9")
    client.post("/admin/logout/")
    assert log() == ["signed_in", "signed_out"]


def test_an_ipv6_sender_is_kept_as_its_network(superuser):
    sign_in(Client(REMOTE_ADDR="2001:db8:1:2::77"))
    assert last().sender == "2001:db8:1:2::"


def test_a_wrong_password_is_written_down_without_an_author(client, superuser, log):
    sign_in(client, "wrong")
    assert log() == ["sign_in_failed"]
    assert (last().by, last().about, last().details) == (None, superuser, {})


def test_a_name_that_nobody_has_is_not_kept(client, log):
    """It may be a password in the wrong field."""
    sign_in(client, "asha", name="a-long-password-1")
    assert log() == []


def test_who_is_locked_out_and_goes_on_trying_is_written_down_once(client, log):
    for _attempt in range(9):
        sign_in(client, "wrong")
    assert sorted(log()) == ["locked_out"] + ["sign_in_failed"] * 5


def test_a_changed_password_is_written_down(editor, superuser, log):
    new = {"new_password1": "another-long-one-2", "new_password2": "another-long-one-2"}
    editor.post("/admin/password_change/", {"old_password": "a-long-password-1", **new})
    assert log() == ["password_changed"]
    assert (last().by, last().about) == (superuser, superuser)


# --- Reading it ----------------------------------------------------------------------------------------------------

LIST = "/admin/audit/entry/"


def test_the_list_says_it_in_words(editor, superuser):
    note = TopicFactory(title_en="UNCTAD")
    audit.log(audit.Verb.ROLE_CHANGED, by=superuser, about=note, groups={"before": [], "after": ["Editors"]})
    page = editor.get(LIST).text
    assert "roles or rights changed" in page
    assert "groups: – → Editors" in page
    assert f'href="/admin/topics/topic/{note.pk}/change/"' in page


def test_roles_and_rights_are_named_in_the_readers_language(editor, superuser):
    codes = {"before": [], "after": ["topics.publish_topic"]}
    audit.log(audit.Verb.ROLE_CHANGED, about=superuser, groups=["Translators into Hindi"], user_permissions=codes)
    editor.cookies["django_language"] = "hi"
    page = editor.get(LIST).text
    assert "Translators into Hindi" not in page
    assert "topics.publish_topic" not in page
    assert "प्रकाशित करना" in page


def test_a_right_that_is_known_no_longer_is_shown_as_it_was_written(editor, superuser):
    audit.log(audit.Verb.ROLE_CHANGED, about=superuser, user_permissions=["old.do_it"])
    assert "old.do_it" in editor.get(LIST).text


def test_a_record_that_has_no_form_is_named_without_a_link(editor, superuser):
    audit.log(audit.Verb.DELETED, by=superuser, about=Permission.objects.first())
    assert editor.get(LIST).status_code == 200


@pytest.mark.parametrize("query", ["verb=published", "q=asha", "q=203.0.113", "at__year=2026", "by__id__exact=1"])
def test_the_list_is_narrowed(editor, superuser, query):
    audit.log(audit.Verb.PUBLISHED, by=superuser)
    assert editor.get(f"{LIST}?{query}").status_code == 200


def test_a_hundred_entries_take_at_most_ten_queries(editor, superuser, django_assert_max_num_queries):
    for _number in range(100):
        audit.log(audit.Verb.PUBLISHED, by=superuser, about=superuser)
    with django_assert_max_num_queries(10):
        assert editor.get(LIST).status_code == 200


def test_not_even_a_superuser_adds_changes_or_deletes(editor, superuser):
    audit.log(audit.Verb.PUBLISHED, by=superuser)
    entry = last()
    for page in ("add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert editor.post(LIST + page, {"by_name": "x", "post": "yes"}).status_code == 403
    editor.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert last() == entry


def test_who_has_no_right_to_the_log_does_not_read_it(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("meera", is_staff=True))
    assert client.get(LIST).status_code == 403
