"""When a session ends."""

import pytest
from django.contrib.sessions.models import Session

from tests.accounts.people import PASSWORD, browser_of, may_enter
from tests.editorial.families import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def meera(account):
    return account("meera")


def test_a_changed_password_ends_every_other_session(meera):
    here, elsewhere = browser_of(meera), browser_of(meera)
    new = {"new_password1": "quite-another-one-2", "new_password2": "quite-another-one-2"}
    here.post("/admin/password_change/", {"old_password": PASSWORD, **new})
    assert may_enter(here)
    assert not may_enter(elsewhere)


def test_a_password_that_an_administrator_sets_ends_them_all(administration, meera):
    browser = browser_of(meera)
    new = {"password1": "quite-another-one-2", "password2": "quite-another-one-2"}
    administration.post(f"/admin/auth/user/{meera.pk}/password/", new | {"set-password": "1"})
    assert not may_enter(browser)


def test_the_next_request_of_a_deactivated_account_is_refused_and_its_sessions_are_gone(administration, meera):
    browser = browser_of(meera)
    there = f"/admin/auth/user/{meera.pk}/change/"
    data = form_data(administration.get(there))
    del data["is_active"]
    administration.post(there, data)
    assert not may_enter(browser)
    assert not Session.objects.filter(session_key=browser.cookies["sessionid"].value).exists()
    assert may_enter(administration)


def test_an_account_that_is_active_again_does_not_come_back_signed_in(administration, meera):
    browser = browser_of(meera)
    there = f"/admin/auth/user/{meera.pk}/change/"
    data = form_data(administration.get(there))
    administration.post(there, {name: value for name, value in data.items() if name != "is_active"})
    administration.post(there, data)
    meera.refresh_from_db()
    assert meera.is_active
    assert not may_enter(browser)


def test_who_no_longer_works_at_the_desk_is_refused(meera):
    browser = browser_of(meera)
    meera.is_staff = False
    meera.save()
    assert not may_enter(browser)


def test_signing_out_says_so(meera):
    assert "You are signed out." in browser_of(meera).post("/admin/logout/").text


def test_a_sign_in_that_would_lead_elsewhere_leads_to_the_desk(client, meera):
    data = {"username": "meera", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/admin/login/?next=https://evil.example/", data).url == "/admin/"
