"""Guessing from many addresses is slowed down for the account, and its owner is not shut out with the guessers."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from apps.accounts.browsers import cookie_name
from apps.accounts.models import FailedSignIn
from apps.accounts.throttle import UNKNOWN_BROWSERS_LIMIT
from tests.accounts.people import PASSWORD, may_enter, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def meera(account):
    return account("meera")


@pytest.fixture
def own_browser():
    """Meera's, which signed in before."""
    client = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(client, "meera")
    client.post("/admin/logout/")
    return client


def guess_from_everywhere(times=UNKNOWN_BROWSERS_LIMIT, name="meera"):
    """One wrong password from each of so many addresses."""
    for number in range(times):
        response = sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), name, "wrong")
    return response


def test_guesses_from_many_addresses_close_the_account_to_unknown_browsers():
    assert guess_from_everywhere().status_code == 429
    stranger = Client(REMOTE_ADDR="192.0.2.1")
    assert sign_in(stranger, "meera").status_code == 429
    assert not may_enter(stranger)


def test_the_owners_browser_is_let_in_all_the_same(own_browser):
    guess_from_everywhere()
    sign_in(own_browser, "meera")
    assert may_enter(own_browser)


def test_a_neighbour_behind_the_same_address_shuts_nobody_out(own_browser):
    """A school has one address."""
    for _attempt in range(6):
        response = sign_in(Client(REMOTE_ADDR="198.51.100.7"), "meera", "wrong")
    assert response.status_code == 429
    sign_in(own_browser, "meera")
    assert may_enter(own_browser)


def test_a_browser_that_signed_in_before_gets_five_tries(own_browser):
    answers = [sign_in(own_browser, "meera", "wrong").status_code for _attempt in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    assert sign_in(own_browser, "meera").status_code == 429


def test_the_owners_slips_are_forgotten_at_the_right_password(own_browser):
    for _round in range(2):
        for _attempt in range(4):
            sign_in(own_browser, "meera", "wrong")
        sign_in(own_browser, "meera")
        assert may_enter(own_browser)
        own_browser.post("/admin/logout/")


def test_the_account_opens_again_by_itself_however_long_the_guessing_goes_on():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess_from_everywhere()
        clock.shift(datetime.timedelta(minutes=20))
        guess_from_everywhere(times=5)  # refused, and so not counted
        clock.shift(datetime.timedelta(minutes=11))
        stranger = Client(REMOTE_ADDR="192.0.2.1")
        sign_in(stranger, "meera")
        assert may_enter(stranger)


def test_wrong_passwords_are_forgotten():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess_from_everywhere(times=3)
        clock.shift(datetime.timedelta(minutes=31))
        guess_from_everywhere(times=1, name="somebody-else")
        assert list(FailedSignIn.objects.values_list("name", flat=True)) == ["somebody-else"]


def test_another_account_is_not_closed(account):
    account("ravi")
    guess_from_everywhere()
    colleague = Client(REMOTE_ADDR="192.0.2.1")
    sign_in(colleague, "ravi")
    assert may_enter(colleague)


def test_a_name_that_nobody_has_is_closed_like_any_other():
    """Or the answer would tell which names exist."""
    assert guess_from_everywhere(name="nobody").status_code == 429


def test_the_sign_of_one_account_is_none_for_another(account, own_browser):
    account("ravi")
    own_browser.cookies[cookie_name("ravi")] = own_browser.cookies[cookie_name("meera")].value
    guess_from_everywhere(name="ravi")
    assert sign_in(own_browser, "ravi").status_code == 429


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "é" * 500])
def test_a_forged_sign_is_none(value):
    guess_from_everywhere()
    stranger = Client(REMOTE_ADDR="192.0.2.1")
    stranger.cookies[cookie_name("meera")] = value
    assert sign_in(stranger, "meera").status_code == 429


def test_the_sign_is_for_the_desk_alone_and_out_of_reach_of_scripts(own_browser):
    cookie = own_browser.cookies[cookie_name("meera")]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Strict")
    assert "meera" not in cookie.output()


def test_a_sign_stays_the_same_when_its_browser_signs_in_again(own_browser):
    before = own_browser.cookies[cookie_name("meera")].value.split(":")[0]
    sign_in(own_browser, "meera")
    assert own_browser.cookies[cookie_name("meera")].value.split(":")[0] == before


def test_readers_and_failed_sign_ins_get_no_cookie(reader):
    for there in ("/en/", "/admin/login/"):
        reader.get(there)
    sign_in(reader, "meera", "wrong")
    assert set(reader.cookies) <= {settings.CSRF_COOKIE_NAME}


def test_a_password_that_is_asked_again_is_throttled_too(own_browser):
    sign_in(own_browser, "meera", PASSWORD)
    answers = [
        own_browser.post("/admin/second-factor/set-up/", {"password": "wrong"}).status_code for _attempt in range(6)
    ]
    assert answers[-1] == 429
