"""Who may do what at the desk: the groups, the accounts to try them with, and what a new kind of record gives them."""

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from apps.audit.models import Entry
from apps.content.models import content_models, record_models
from apps.editorial import roles
from tests.editorial.families import DESK_MODELS, address, addresses, label, make, make_many
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
every_kind = pytest.mark.parametrize("model", DESK_MODELS, ids=label)
every_role = pytest.mark.parametrize("role", roles.roles(), ids=lambda role: role.name)


def codes_of(group):
    found = Group.objects.get(name=group).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{code}" for app, code in found}


# --- Groups --------------------------------------------------------------------------------------------------------


@every_role
def test_a_migration_makes_the_group_of_each_role_with_all_its_rights(role):
    assert codes_of(role.group) == role.codes()


def test_the_translators_of_each_language_are_a_group(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ta", "Tamil")]
    groups = {role.group: role.into for role in roles.roles() if role.name.startswith("translator-")}
    assert groups["Translators into Hindi"] == ("hi",)
    assert groups["Translators into Tamil"] == ("ta",)


def test_a_group_is_called_by_its_role_in_the_readers_language(settings):
    with override("hi"):
        words = dict(settings.LANGUAGES)["hi"]
        assert str(words) in str(Group(name="Translators into Hindi"))
    assert str(Group(name="Friends of the portal")) == "Friends of the portal"


def test_a_new_kind_of_record_gets_its_rights_without_anybody_asking():
    kinds = Permission.objects.filter(content_type__model="topic")
    for group in Group.objects.all():
        group.permissions.remove(*kinds)  # as if no group had heard of notes yet
    call_command("migrate", verbosity=0)
    for role in roles.roles():
        assert codes_of(role.group) == role.codes(), role.name


def test_what_an_administrator_took_from_a_group_stays_taken():
    authors, right = Group.objects.get(name="Authors"), Permission.objects.get(codename="add_topic")
    authors.permissions.remove(right)
    call_command("migrate", verbosity=0)
    assert not authors.permissions.contains(right)


def test_a_group_that_was_deleted_stays_deleted():
    Group.objects.get(name="Reviewers").delete()
    call_command("migrate", verbosity=0)
    assert not Group.objects.filter(name="Reviewers").exists()


def test_a_new_language_gets_its_translators():
    Group.objects.get(name="Translators into Hindi").delete()
    right = Permission.objects.get(codename="translate_into_hi")
    for group in Group.objects.all():
        group.permissions.remove(right)  # as if there had been no Hindi
    call_command("migrate", verbosity=0)
    for name in ("Translators into Hindi", "Editors", "Administrators"):
        assert Group.objects.get(name=name).permissions.contains(right)


def test_a_database_without_any_group_gets_them_all():
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.count() == len(roles.roles())


def test_only_who_changes_every_whole_adds_parts_by_themselves():
    """An author's section could be put into anybody's note."""
    authors = codes_of("Authors")
    for model in record_models():
        code = f"{model._meta.app_label}.add_{model._meta.model_name}"
        assert (code in authors) == (not model.whole_relation), code


def test_publishing_is_for_editors_and_reviewers():
    for model in content_models():
        code = f"{model._meta.app_label}.publish_{model._meta.model_name}"
        having = set(
            Group.objects.filter(permissions__in=Permission.objects.filter(codename=code.split(".")[1])).values_list(
                "name", flat=True
            )
        )
        assert having == {"Administrators", "Editors", "Reviewers"}


# --- Accounts to try them with -------------------------------------------------------------------------------------


@pytest.fixture
def accounts():
    output = StringIO()
    call_command("accounts", stdout=output)
    return output.getvalue()


@pytest.fixture
def sign_in(accounts, django_user_model):
    """``sign_in("translator-hi")``: the browser of a demo account."""

    def browser(role):
        client = Client()
        client.force_login(django_user_model.objects.get(username=f"demo-{role}"))
        return client

    return browser


def test_there_is_an_account_for_every_role_with_a_password_printed_once(accounts, rf):
    printed = dict(re.findall(r"^(demo-[\w-]+): password (\S+)$", accounts, re.MULTILINE))
    assert set(printed) == {f"demo-{role.name}" for role in roles.roles()}
    assert len(set(printed.values())) == len(printed)
    for name, password in printed.items():
        account = authenticate(rf.post("/admin/login/"), username=name, password=password)
        assert account.is_staff
        assert not account.is_superuser


def test_an_account_that_exists_keeps_its_password_and_the_command_says_so(accounts, django_user_model):
    before = django_user_model.objects.get(username="demo-editor").password
    output = StringIO()
    call_command("accounts", stdout=output)
    assert "demo-editor: exists already and keeps its password" in output.getvalue()
    assert "password " not in output.getvalue().replace("its password", "")
    assert django_user_model.objects.get(username="demo-editor").password == before


def test_a_group_that_was_changed_gets_the_rights_of_its_role_again(accounts):
    group = Group.objects.get(name="Reviewers")
    group.permissions.set([Permission.objects.get(codename="delete_topic")])
    call_command("accounts", stdout=StringIO())
    (role,) = [each for each in roles.roles() if each.group == "Reviewers"]
    assert codes_of("Reviewers") == role.codes()


def test_what_the_command_does_is_written_down(accounts, django_user_model):
    entry = Entry.objects.get(verb="account_added", about_label="demo-editor")
    assert entry.details["groups"] == ["Editors"]
    reviewers = Group.objects.get(name="Reviewers")
    django_user_model.objects.get(username="demo-reviewer").groups.clear()
    reviewers.permissions.clear()
    call_command("accounts", stdout=StringIO())
    changed = Entry.objects.filter(verb="role_changed").order_by("pk")
    assert [set(entry.details) for entry in changed] == [{"permissions"}, {"groups"}]


def test_a_database_without_the_permissions_is_told_what_to_do():
    Permission.objects.filter(codename="view_topic").delete()
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("accounts", stdout=StringIO())


# --- At the desk ---------------------------------------------------------------------------------------------------


@every_kind
@pytest.mark.parametrize("role", ["administrator", "editor"])
def test_an_editor_does_everything_with_every_record(sign_in, model, role):
    editor, record = sign_in(role), make(model)
    there = addresses(record)
    if model.whole_relation:
        there = [address(model, "changelist"), address(record, "change")]
    for each in there:
        assert editor.get(each).status_code == 200, each


@every_kind
@pytest.mark.parametrize("role", ["translator-hi", "reviewer"])
def test_a_translator_and_a_reviewer_read_every_record_and_neither_add_nor_delete(sign_in, model, role):
    browser, record = sign_in(role), make(model)
    assert browser.get(address(model, "changelist")).status_code == 200
    assert not browser.get(address(record, "change")).context["has_change_permission"]
    for there in (address(model, "add"), address(record, "delete")):
        assert browser.get(there).status_code == 403, there


@every_kind
def test_a_moderator_reads_the_notes_and_changes_no_record(sign_in, model):
    moderator, record = sign_in("moderator"), make(model)
    allowed = model.__name__ in {"Topic", "Section"}
    response = moderator.get(address(record, "change"))
    assert response.status_code == (200 if allowed else 403)
    if allowed:
        assert not response.context["has_change_permission"]


def test_a_moderator_reads_a_note_with_labels_in_words(sign_in):
    page = sign_in("moderator").get(address(TopicFactory(), "change")).content.decode()
    assert "Title · Hindi" in page
    assert "[hi]" not in page


def test_a_moderator_has_the_queue_of_comments(sign_in):
    assert sign_in("moderator").get("/admin/comments/comment/").status_code == 200


@every_kind
def test_a_list_of_a_hundred_rows_takes_an_editor_at_most_ten_queries(sign_in, model, django_assert_max_num_queries):
    make_many(model, 100)
    editor = sign_in("editor")
    with django_assert_max_num_queries(10):
        assert editor.get(address(model, "changelist")).status_code == 200


def test_who_may_only_look_at_a_note_is_not_told_about_saving(client, django_user_model):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client.force_login(viewer)
    note = TopicFactory()
    html = client.get(address(note, "change")).text
    assert str(note) in html
    assert "as soon as you save it" not in html
