"""The throttle of the sign-in: it stops who guesses, where they guess from, for a while."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAME, PASSWORD = "asha", "a-long-password-1"


@pytest.fixture
def stranger(superuser):
    return Client(REMOTE_ADDR="203.0.113.9")


@pytest.fixture
def colleague(superuser):
    """The editor whose name the stranger knows, at home."""
    return Client(REMOTE_ADDR="198.51.100.7")


def sign_in(client, password, name=NAME, **extra):
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password}, **extra)


def is_signed_in(client):
    return client.get("/admin/").status_code == 200


def guess(client, times=5, **extra):
    for _each in range(times):
        response = sign_in(client, "wrong", **extra)
    return response


def test_five_wrong_passwords_lock_the_stranger_out_with_a_page_that_says_so(stranger):
    response = guess(stranger)
    assert response.status_code == 429
    assert "Content-Security-Policy" in response.headers
    assert sign_in(stranger, PASSWORD).status_code == 429
    assert not is_signed_in(stranger)


def test_the_editor_still_signs_in_from_another_address(stranger, colleague):
    guess(stranger)
    sign_in(colleague, PASSWORD)
    assert is_signed_in(colleague)


def test_after_half_an_hour_the_stranger_may_try_again(stranger):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess(stranger)
        clock.shift(datetime.timedelta(minutes=29))
        assert sign_in(stranger, PASSWORD).status_code == 429
        # Trying while locked out began the half hour anew.
        clock.shift(datetime.timedelta(minutes=31))
        sign_in(stranger, PASSWORD)
        assert is_signed_in(stranger)


def test_four_slips_of_the_finger_are_forgotten_at_the_right_password(colleague):
    guess(colleague, times=4)
    sign_in(colleague, PASSWORD)
    colleague.logout()
    assert guess(colleague, times=4).status_code == 200


def test_a_forged_forwarded_address_is_no_way_around(stranger):
    responses = [
        sign_in(stranger, "wrong", headers={"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(6)
    ]  # fmt: skip
    assert responses[-1].status_code == 429


def test_behind_a_proxy_the_address_that_it_saw_counts(stranger, colleague, settings):
    """Without this one stranger would lock everybody out: all requests come from the proxy."""
    settings.PROXY_COUNT = 1
    proxy = "10.0.0.1"
    guess(stranger, REMOTE_ADDR=proxy, headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.9"})
    sign_in(colleague, PASSWORD, REMOTE_ADDR=proxy, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    assert is_signed_in(colleague)


@pytest.mark.parametrize("forwarded", ["unknown", "203.0.113.9:4711", "\x7f", "9" * 300])
def test_a_proxy_that_sends_no_address_breaks_nothing(stranger, settings, forwarded):
    settings.PROXY_COUNT = 1
    assert sign_in(stranger, "wrong", headers={"X-Forwarded-For": forwarded}).status_code == 200


@pytest.mark.parametrize("name", ["a%00sha", "%ed%a0%80", "%e0%a4%86%e0%a4%b6%e0%a4%be", "x" * 5000])
def test_any_name_may_be_typed(stranger, name):
    form = f"username={name}&password=wrong"
    response = stranger.post("/admin/login/", form, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


def test_a_browser_with_a_long_name_is_refused_like_any_other(stranger):
    assert sign_in(stranger, "wrong", headers={"User-Agent": "x" * 5000, "Accept": "x" * 5000}).status_code == 200


def test_another_address_of_the_same_ipv6_network_is_no_way_around(superuser):
    for number in range(6):
        response = sign_in(Client(REMOTE_ADDR=f"2001:db8:1:2::{number}"), "wrong")
    assert response.status_code == 429


def test_a_server_on_a_unix_socket_names_no_address(superuser):
    assert sign_in(Client(REMOTE_ADDR=""), "wrong").status_code == 200
