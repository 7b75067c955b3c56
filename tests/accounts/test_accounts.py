"""What an administrator who is not a superuser can do with accounts and groups, and what not."""

import re

import pytest
import reversion
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client

from apps.audit.models import Entry
from tests.accounts.conftest import permission
from tests.accounts.people import PASSWORD, browser_of, may_enter, sign_in
from tests.editorial.families import form_data
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = "/admin/auth/user/"


def form_of(account):
    return f"{LIST}{account.pk}/change/"


def save(browser, there, **changes):
    """Sends back the form at ``there`` with ``changes``; None takes a field out."""
    data = form_data(browser.get(there)) | changes
    return browser.post(there, {name: value for name, value in data.items() if value is not None})


def group(name, *rights):
    made = Group.objects.create(name=name)
    made.permissions.set([permission(right) for right in rights])
    return made


def make_a_version(name):
    with reversion.create_revision():
        reversion.set_user(User.objects.get(username=name))
        TopicFactory()


def last_entry(verb):
    return Entry.objects.filter(verb=verb).order_by("-pk").first()


# --- What they can do ----------------------------------------------------------------------------------------------


def test_an_administrator_makes_an_account_that_can_work_here(administration, administrator, django_user_model):
    new = {"username": "ravi", "password1": PASSWORD, "password2": PASSWORD}
    assert administration.post(f"{LIST}add/", new).status_code == 302
    ravi = django_user_model.objects.get(username="ravi")
    assert ravi.is_staff
    assert (last_entry("account_added").by, last_entry("account_added").about) == (administrator, ravi)


def test_an_administrator_puts_an_account_into_a_group(administration, administrator, account):
    meera = account("meera")
    editors = Group.objects.get(name="Editors")
    assert save(administration, form_of(meera), groups=[editors.pk]).status_code == 302
    assert list(meera.groups.all()) == [editors]
    entry = last_entry("role_changed")
    assert (entry.by, entry.about) == (administrator, meera)
    assert entry.details == {"groups": {"before": [], "after": ["Editors"]}}


def test_an_administrator_sets_a_password_and_that_is_written_down(administration, administrator, account):
    meera = account("meera")
    new = {"password1": "quite-another-one-2", "password2": "quite-another-one-2"}
    administration.post(f"{LIST}{meera.pk}/password/", new | {"set-password": "1"})
    meera.refresh_from_db()
    assert meera.check_password("quite-another-one-2")
    assert (last_entry("password_changed").by, last_entry("password_changed").about) == (administrator, meera)


def test_an_administrator_sends_a_link_with_which_its_owner_sets_a_password_once(administration, account, settings):
    meera = account("meera")
    there = f"{LIST}{meera.pk}/password-link/"
    assert administration.get(there).status_code == 200
    assert mail.outbox == []
    administration.post(there)
    (message,) = mail.outbox
    assert message.to == ["meera@portal.example"]
    (address,) = re.findall(rf"{settings.SITE_URL}(/admin/set-password/\S+)", message.body)
    owner = Client()
    form = owner.get(address, follow=True)
    new = {"new_password1": "quite-another-one-2", "new_password2": "quite-another-one-2"}
    owner.post(form.request["PATH_INFO"], new)
    sign_in(owner, "meera", "quite-another-one-2")
    assert may_enter(owner)
    assert "new_password1" not in Client().get(address, follow=True).text


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}])
def test_no_link_goes_where_it_can_do_nothing(administration, account, django_user_model, fields):
    meera = account("meera")
    django_user_model.objects.filter(pk=meera.pk).update(**fields)
    response = administration.post(f"{LIST}{meera.pk}/password-link/", follow=True)
    assert "No link was sent" in response.text
    assert mail.outbox == []


def test_rights_are_named_by_kind_and_act_in_the_readers_language(administration, account):
    page = administration.get(form_of(account("meera"))).text
    assert "Study note: publish and withdraw" in page
    assert "Can change" not in page


def test_a_group_gets_rights_and_that_is_written_down(administration):
    readers = group("Readers")
    right = permission("topics.view_topic")
    save(administration, f"/admin/auth/group/{readers.pk}/change/", permissions=[right.pk])
    assert last_entry("role_changed").details == {"permissions": {"before": [], "after": ["topics.view_topic"]}}


def test_a_deleted_account_is_written_down(administration, account):
    administration.post(f"{LIST}{account('meera').pk}/delete/", {"post": "yes"})
    assert last_entry("account_deleted").about_label == "meera"


@pytest.mark.parametrize(
    "leave_a_trace", [lambda name: sign_in(Client(), name), make_a_version], ids=["log", "version"]
)
def test_an_account_that_did_something_is_not_deleted(administration, account, leave_a_trace):
    meera = account("meera")
    leave_a_trace("meera")
    there = f"{LIST}{meera.pk}/delete/"
    for answer in (administration.get(there, follow=True), administration.post(there, {"post": "yes"}, follow=True)):
        assert "was not deleted: who did what would no longer be known" in answer.text
    administration.post(LIST, {"action": "delete_selected", "_selected_action": [meera.pk], "post": "yes"})
    meera.refresh_from_db()
    assert there not in administration.get(form_of(meera)).text


def test_nobody_deletes_their_own_account(administration, administrator):
    answer = administration.post(f"{LIST}{administrator.pk}/delete/", {"post": "yes"}, follow=True)
    assert "Nobody deletes their own account" in answer.text
    administrator.refresh_from_db()


@pytest.mark.parametrize("kind", ["user", "group"])
def test_a_list_of_a_hundred_takes_at_most_ten_queries(administration, account, kind, django_assert_max_num_queries):
    for number in range(100):
        account(f"person-{number}").groups.add(Group.objects.create(name=f"Group {number}"))
    with django_assert_max_num_queries(10):
        assert administration.get(f"/admin/auth/{kind}/").status_code == 200


def test_another_name_and_address_are_written_down(administration, administrator, account):
    meera = account("meera")
    save(administration, form_of(meera), username="meera.rao", email="rao@portal.example")
    entry = last_entry("account_changed")
    assert (entry.by, entry.about) == (administrator, meera)
    assert entry.details == {
        "username": {"before": "meera", "after": "meera.rao"},
        "email": {"before": "meera@portal.example", "after": "rao@portal.example"},
    }
    assert last_entry("role_changed") is None


def test_a_new_account_without_a_password_gets_a_link(administration, django_user_model):
    editors = Group.objects.get(name="Editors")
    new = {"username": "ravi", "first_name": "Ravi", "email": "ravi@portal.example", "groups": [editors.pk]}
    assert administration.post(f"{LIST}add/", new).status_code == 302
    ravi = django_user_model.objects.get(username="ravi")
    assert (ravi.has_usable_password(), list(ravi.groups.all())) == (False, [editors])
    (message,) = mail.outbox
    assert message.to == ["ravi@portal.example"]
    assert last_entry("account_added").details["groups"] == ["Editors"]


def test_a_new_account_has_a_password_or_an_address(administration, django_user_model):
    assert "type a password" in administration.post(f"{LIST}add/", {"username": "ravi"}).text
    half = {"username": "ravi", "email": "ravi@portal.example", "password1": PASSWORD}
    assert "didn’t match" in administration.post(f"{LIST}add/", half).text
    assert not django_user_model.objects.filter(username="ravi").exists()


@pytest.mark.parametrize("page", ["add/", "{pk}/password/"])
def test_passwords_are_spoken_of_as_the_only_way_in(administration, account, page):
    text = administration.get(LIST + page.format(pk=account("meera").pk)).text
    assert "LDAP" not in text
    assert "Password-based" not in text


def test_how_a_password_is_stored_is_shown_to_nobody(administration, account):
    meera = account("meera")
    for browser in (administration, browser_of(account("looker", rights=["auth.view_user"]))):
        page = browser.get(form_of(meera)).text
        assert "meera@portal.example" in page
        assert meera.password[:12] not in page
        assert "algorithm" not in page


def test_the_list_names_its_column(administration):
    page = administration.get(LIST).text
    assert "Full name" in page
    assert "Get full name" not in page


# --- What they cannot do -------------------------------------------------------------------------------------------


def test_nobody_but_a_superuser_makes_a_superuser(administration, account, django_user_model):
    meera = account("meera")
    save(administration, form_of(meera), is_superuser="on")
    new = {"username": "ravi", "password1": PASSWORD, "password2": PASSWORD}
    administration.post(f"{LIST}add/", new | {"is_superuser": "on"})
    assert not django_user_model.objects.filter(username__in=["meera", "ravi"], is_superuser=True).exists()


def addresses_that_change(account):
    return [form_of(account)] + [
        f"{LIST}{account.pk}/{page}/" for page in ("password", "delete", "password-link", "second-factor")
    ]


def test_a_superusers_account_is_out_of_reach(administration, superuser):
    before = superuser.password
    for there in addresses_that_change(superuser):
        new = {"post": "yes", "password1": "quite-another-one-2", "password2": "quite-another-one-2", "is_active": ""}
        assert administration.post(there, new).status_code == 403, there
    superuser.refresh_from_db()
    assert (superuser.is_active, superuser.password) == (True, before)


def test_a_superuser_is_not_deleted_among_others(administration, superuser, account, django_user_model):
    chosen = [superuser.pk, account("meera").pk]
    administration.post(LIST, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})
    assert django_user_model.objects.filter(pk__in=chosen).count() == 2


def test_an_account_with_more_rights_than_ones_own_is_out_of_reach(account):
    """Whoever sets its password could sign in as its owner."""
    keeper = browser_of(account("keeper", rights=["auth.view_user", "auth.change_user", "auth.delete_user"]))
    for stronger in (account("meera", "Editors"), account("ravi", "Editors", is_active=False)):
        for there in addresses_that_change(stronger):
            assert keeper.post(there, {"post": "yes"}).status_code == 403, there


def test_nobody_gives_a_right_that_they_do_not_have(account):
    rights = ["auth.view_user", "auth.change_user", "topics.view_topic"]
    keeper, meera = browser_of(account("keeper", rights=rights)), account("meera")
    page = keeper.get(form_of(meera)).text
    assert "Study note: see" in page
    assert "Study note: delete" not in page
    assert "Editors" not in page
    for field, row in (
        ("user_permissions", permission("topics.delete_topic")),
        ("groups", Group.objects.get(name="Editors")),
    ):
        assert "Select a valid choice" in save(keeper, form_of(meera), **{field: [row.pk]}).text
    assert not meera.user_permissions.exists()
    assert not meera.groups.exists()


def test_a_group_with_more_rights_than_ones_own_is_out_of_reach(account):
    rights = ["auth.view_group", "auth.change_group", "auth.delete_group"]
    keeper, editors = browser_of(account("keeper", rights=rights)), Group.objects.get(name="Editors")
    for page in ("change", "delete"):
        there = f"/admin/auth/group/{editors.pk}/{page}/"
        assert keeper.post(there, {"name": "Nobody", "post": "yes"}).status_code == 403


def test_nobody_shuts_the_door_behind_themselves(administration, administrator):
    save(administration, form_of(administrator), is_active=None, is_staff=None)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.is_staff


def test_what_a_superuser_gave_beyond_the_desk_stays_when_the_form_is_saved(editor, account):
    odd = Permission.objects.get(codename="delete_session")
    meera = account("meera", rights=["sessions.delete_session"])
    save(editor, form_of(meera), first_name="Meera")
    assert list(meera.user_permissions.all()) == [odd]


@pytest.mark.parametrize("kind", ["otp_totp/totpdevice", "otp_static/staticdevice"])
def test_not_even_a_superuser_reads_secrets(editor, kind):
    assert editor.get(f"/admin/{kind}/").status_code == 404


def test_who_may_not_see_accounts_finds_none(account):
    meera = browser_of(account("meera", "Editors"))
    for there in (LIST, form_of(account("ravi")), "/admin/auth/group/", "/admin/accounts/signinrule/"):
        assert meera.get(there).status_code == 403, there
