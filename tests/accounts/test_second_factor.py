"""The second factor: setting it up, giving it, losing it, and nothing of the desk without it."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.accounts import second_factor
from apps.accounts.models import SignInRule
from apps.audit.models import Entry
from tests.accounts.people import PASSWORD, browser_of, code_of, may_enter, sign_in, wrong_code_of
from tests.editorial.families import DESK_MODELS, address, label, make

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STATUS = "/admin/second-factor/"
ONE_DAY = timedelta(days=1)
SET_UP, CONFIRM, CODE = STATUS + "set-up/", STATUS + "confirm/", STATUS + "code/"


@pytest.fixture
def meera(account):
    return account("meera", "Editors")


@pytest.fixture
def browser(meera):
    return browser_of(meera)


def begin(browser):
    browser.post(SET_UP, {"password": PASSWORD})
    return TOTPDevice.objects.get(confirmed=False)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


# --- Setting up ----------------------------------------------------------------------------------------------------


def test_an_editor_sets_it_up_with_the_password_and_a_first_code(browser, meera):
    pending = begin(browser)
    page = browser.post(CONFIRM, {"code": code_of(pending)})
    assert second_factor.device_of(meera) == pending
    codes = re.findall(r"<code>([a-z2-7]{8})</code>", page.text)
    assert len(codes) == 10
    assert codes[0] not in browser.get(STATUS).text
    assert may_enter(browser)
    assert verbs()[-2:] == ["second_factor_added", "recovery_codes_made"]


def test_the_secret_stands_there_as_a_picture_and_in_letters(browser):
    begin(browser)
    page = browser.get(CONFIRM)
    (picture,) = re.findall(r'<div class="qr-code">(<svg.*?</svg>)', page.text, re.DOTALL)
    assert "style" not in picture
    assert ElementTree.fromstring(picture) is not None  # noqa: S314
    assert re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text)
    assert "no-store" in page.headers["Cache-Control"]


def test_a_wrong_password_begins_nothing(browser):
    response = browser.post(SET_UP, {"password": "wrong"})
    assert "This is not your password" in response.text
    assert not TOTPDevice.objects.exists()


def test_a_wrong_code_confirms_nothing(browser, meera):
    pending = begin(browser)
    assert browser.post(CONFIRM, {"code": wrong_code_of(pending)}).status_code == 200
    assert second_factor.device_of(meera) is None


def test_a_right_code_after_a_wrong_one_confirms(browser, meera):
    pending = begin(browser)
    browser.post(CONFIRM, {"code": wrong_code_of(pending)})
    browser.post(CONFIRM, {"code": code_of(pending)})
    assert second_factor.device_of(meera) == pending


def test_a_secret_that_another_browser_began_is_not_shown(browser, meera):
    begin(browser)
    assert browser_of(meera).get(CONFIRM).url == SET_UP


def test_a_second_one_is_not_set_up_beside_the_first(meera, device):
    browser = browser_of(meera, device(meera))
    assert browser.post(SET_UP, {"password": PASSWORD}).url == STATUS
    assert TOTPDevice.objects.count() == 1


# --- Signing in ----------------------------------------------------------------------------------------------------


@pytest.fixture
def halfway(meera, device):
    """A browser that gave the right password and no code yet; ``halfway.device`` is what makes the codes."""
    client = Client()
    client.device = device(meera)
    sign_in(client, "meera")
    return client


def test_the_password_alone_leads_to_the_second_step_and_the_code_to_the_desk(halfway):
    assert halfway.get("/admin/").url == f"{CODE}?next=%2Fadmin%2F"
    assert halfway.get(CODE).status_code == 200
    assert halfway.post(CODE, {"code": code_of(halfway.device), "next": "/admin/topics/"}).url == "/admin/topics/"
    assert may_enter(halfway)


def test_a_code_may_be_typed_with_a_space_or_in_devanagari(halfway):
    typed = code_of(halfway.device).translate({ord("0") + digit: chr(0x966 + digit) for digit in range(10)})
    halfway.post(CODE, {"code": f"{typed[:3]} {typed[3:]}"})
    assert may_enter(halfway)


def test_a_code_opens_once(halfway, meera):
    code = code_of(halfway.device)
    halfway.post(CODE, {"code": code})
    another = Client()
    sign_in(another, "meera")
    assert another.post(CODE, {"code": code}).status_code == 200
    assert not may_enter(another)


def test_a_recovery_code_opens_once_and_says_how_many_are_left(halfway, meera):
    code = second_factor.make_recovery_codes(meera)[0]
    page = halfway.post(CODE, {"code": code.upper()}, follow=True)
    assert "9 are left" in page.text
    assert not StaticToken.objects.filter(token=code).exists()


def test_after_a_wrong_code_the_next_one_has_to_wait(halfway):
    assert halfway.post(CODE, {"code": wrong_code_of(halfway.device)}).status_code == 200
    assert verbs()[-1] == "second_factor_failed"
    page = halfway.post(CODE, {"code": code_of(halfway.device)})
    assert "this one was not looked at. Try again in 1 second." in page.text
    assert not may_enter(halfway)


def test_a_wrong_code_says_how_long_to_wait(halfway):
    page = halfway.post(CODE, {"code": wrong_code_of(halfway.device)})
    assert "Wrong code, or one that was used already. Try again in 1 second." in page.text


def test_several_wrong_codes_are_too_many(halfway):
    TOTPDevice.objects.update(throttling_failure_count=4, throttling_failure_timestamp=timezone.now() - ONE_DAY)
    for _attempt in range(2):
        assert "Too many wrong codes" in halfway.post(CODE, {"code": wrong_code_of(halfway.device)}).text


def test_signed_in_is_who_gave_both(halfway):
    assert verbs()[-1] == "password_given"
    halfway.post(CODE, {"code": code_of(halfway.device)})
    assert verbs()[-2:] == ["second_factor_given", "signed_in"]


def test_the_log_tells_a_recovery_code_from_the_apps(halfway, meera):
    (code, *_others) = second_factor.make_recovery_codes(meera)
    halfway.post(CODE, {"code": wrong_code_of(halfway.device)})
    halfway.post(CODE, {"code": code})
    assert Entry.objects.get(verb="second_factor_failed").details == {"factor": "app"}
    assert Entry.objects.get(verb="second_factor_given").details == {"factor": "recovery_code", "codes_left": 9}


def test_many_wrong_codes_make_a_long_wait(halfway):
    now = timezone.now()
    TOTPDevice.objects.update(throttling_failure_count=9, throttling_failure_timestamp=now)
    until, failures = second_factor.pause(halfway.device.user, "000000")
    assert ((until - now).total_seconds(), failures) == (256, 9)


def test_the_code_of_another_account_is_wrong(halfway, account, device):
    stranger = device(account("ravi"))
    halfway.post(CODE, {"code": code_of(stranger)})
    assert not may_enter(halfway)


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_second_step_leads_nowhere_else(halfway, there):
    assert halfway.post(CODE, {"code": code_of(halfway.device), "next": there}).url == "/admin/"


def test_halfway_one_can_log_out(halfway):
    assert halfway.post("/admin/logout/").status_code == 200
    assert "/login/" in halfway.get("/admin/").url


def test_the_session_gets_a_new_key_with_the_code(halfway):
    before = halfway.session.session_key
    halfway.post(CODE, {"code": code_of(halfway.device)})
    assert halfway.session.session_key != before


def test_halfway_the_public_pages_know_nobody(halfway):
    request = halfway.get("/en/").wsgi_request
    assert not request.user.is_authenticated


# --- Every address of the desk waits -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("model", DESK_MODELS, ids=label)
def test_nothing_of_a_record_is_to_be_had_halfway(halfway, model, method):
    record = make(model)
    for there in (
        *(address(model, page) for page in ("changelist", "add", "import", "export")),
        *(address(record, page) for page in ("change", "delete", "history")),
    ):
        answer = getattr(halfway, method)(there)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, CODE), there


@pytest.mark.parametrize(
    "there",
    [
        "/admin/autocomplete/?app_label=topics&model_name=section&field_name=topic",
        "/admin/jsi18n/",
        "/admin/password_change/",
        "/admin/nowhere/",
        STATUS,
        SET_UP,
        CONFIRM,
        STATUS + "recovery-codes/",
        STATUS + "remove/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nor_anything_else(halfway, there, method):
    answer = getattr(halfway, method)(there)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, CODE)


# --- Who must ------------------------------------------------------------------------------------------------------


@pytest.fixture
def everyone_must():
    rule = SignInRule.only()
    rule.everyone = True
    rule.save()


def test_who_must_and_has_none_is_led_to_set_it_up(browser, everyone_must):
    assert browser.get("/admin/topics/topic/").url.partition("?")[0] == SET_UP
    assert browser.post("/admin/topics/topic/add/", {"slug": "x"}).url.partition("?")[0] == SET_UP
    pending = begin(browser)
    browser.post(CONFIRM, {"code": code_of(pending)})
    assert may_enter(browser)


def test_who_has_one_is_not_led_anywhere(meera, device, everyone_must):
    assert may_enter(browser_of(meera, device(meera)))


def test_only_the_members_of_a_group_must(meera, account):
    SignInRule.only().groups.set(meera.groups.all())
    assert not may_enter(browser_of(meera))
    assert may_enter(browser_of(account("ravi", "Reviewers")))


def test_nobody_must_at_first(browser):
    assert may_enter(browser)


def test_an_administrator_makes_the_rule_on_a_page_of_its_own(administration, administrator):
    (there,) = re.findall(
        r'href="(/admin/accounts/signinrule/\d+/change/)', administration.get("/admin/accounts/signinrule/").text
    )
    assert administration.get(there).status_code == 200
    assert administration.post(there, {"everyone": "on"}).status_code == 302
    assert SignInRule.only().everyone
    assert (Entry.objects.first().verb, Entry.objects.first().by) == ("sign_in_rule_changed", administrator)
    # From now on for its maker too.
    assert administration.get("/admin/").url.partition("?")[0] == SET_UP


def test_the_rule_is_neither_added_nor_deleted(editor):
    there = f"/admin/accounts/signinrule/{SignInRule.only().pk}/delete/"
    assert editor.post(there, {"post": "yes"}).status_code == 403
    assert editor.get("/admin/accounts/signinrule/add/").status_code == 403


# --- Losing and removing -------------------------------------------------------------------------------------------


def test_its_owner_removes_it_with_the_password(meera, device):
    browser = browser_of(meera, device(meera))
    browser.post(STATUS + "remove/", {"password": "wrong"})
    assert second_factor.device_of(meera)
    browser.post(STATUS + "remove/", {"password": PASSWORD})
    assert second_factor.device_of(meera) is None
    assert may_enter(browser)
    assert verbs()[-1] == "second_factor_removed"


def test_new_recovery_codes_make_the_old_ones_void(meera, device):
    browser = browser_of(meera, device(meera))
    (old, *_others) = second_factor.make_recovery_codes(meera)
    assert "Keep these codes" in browser.post(STATUS + "recovery-codes/", {"password": PASSWORD}).text
    assert not StaticToken.objects.filter(token=old).exists()
    assert second_factor.recovery_codes_left(meera) == 10


def test_an_administrator_removes_a_lost_one_and_whoever_has_it_is_signed_out(
    administration, administrator, meera, device
):
    lost = device(meera)
    thief = browser_of(meera, lost)
    there = reverse("admin:auth_user_second_factor", args=[meera.pk])
    assert administration.get(there).status_code == 200
    assert second_factor.device_of(meera) == lost
    administration.post(there)
    assert second_factor.device_of(meera) is None
    assert not may_enter(thief)
    entry = Entry.objects.get(verb="second_factor_removed")
    assert (entry.by, entry.about) == (administrator, meera)


def test_the_list_of_accounts_tells_who_has_one(administration, meera, device):
    device(meera)
    page = administration.get("/admin/auth/user/?second_factor=yes")
    assert [account.username for account in page.context["cl"].result_list] == ["meera"]
