"""Who may do what at the desk."""

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from apps.content.models import record_models
from apps.editorial.roles import ROLES
from tests.editorial.families import DESK_MODELS, address, addresses, label, make
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
every_kind = pytest.mark.parametrize("model", DESK_MODELS, ids=label)


@pytest.fixture
def accounts():
    output = StringIO()
    call_command("accounts", stdout=output)
    return output.getvalue()


@pytest.fixture
def sign_in(accounts, django_user_model):
    """``sign_in("translator")``: the browser of a demo account."""

    def browser(role):
        client = Client()
        client.force_login(django_user_model.objects.get(username=f"demo-{role}"))
        return client

    return browser


def test_there_is_an_account_for_every_role_with_a_password_printed_once(accounts, rf):
    printed = dict(re.findall(r"^(demo-\w+): password (\S+)$", accounts, re.MULTILINE))
    assert set(printed) == {f"demo-{role.name}" for role in ROLES}
    assert len(set(printed.values())) == len(ROLES)
    for name, password in printed.items():
        account = authenticate(rf.post("/admin/login/"), username=name, password=password)
        assert account.is_staff
        assert account.is_superuser == (name == "demo-administrator")


def test_an_account_that_exists_keeps_its_password_and_the_command_says_so(accounts, django_user_model):
    before = django_user_model.objects.get(username="demo-editor").password
    output = StringIO()
    call_command("accounts", stdout=output)
    assert "demo-editor: exists already and keeps its password" in output.getvalue()
    assert "password " not in output.getvalue().replace("its password", "")
    assert django_user_model.objects.get(username="demo-editor").password == before


def test_a_group_that_was_changed_gets_the_rights_of_its_role_again(accounts):
    group = Group.objects.get(name="Translators")
    group.permissions.clear()
    call_command("accounts", stdout=StringIO())
    assert group.permissions.count() == 3 * len(record_models())


@every_kind
def test_an_editor_does_everything_with_every_record(sign_in, model):
    editor = sign_in("editor")
    for there in addresses(make(model)):
        assert editor.get(there).status_code == 200, there


@every_kind
def test_a_translator_changes_texts_and_neither_adds_nor_deletes(sign_in, model):
    translator, record = sign_in("translator"), make(model)
    assert translator.get(address(model, "changelist")).status_code == 200
    assert translator.get(address(record, "change")).context["has_change_permission"]
    for there in (address(model, "add"), address(record, "delete")):
        assert translator.get(there).status_code == 403, there


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
    for _number in range(100):
        make(model)
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
