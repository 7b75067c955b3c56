"""An editor sets up a second factor and signs in with it, with and without scripts, on a telephone."""

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-password-1"


def sign_in(page):
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("asha")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def code_now():
    device = TOTPDevice.objects.get()
    TOTPDevice.objects.update(last_t=-1)  # as if half a minute had gone since the code before
    return f"{totp(device.bin_key):06d}"


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_editor_sets_up_a_second_factor_and_signs_in_with_it(open_page, superuser, scripts):
    page = open_page(width=360, scripts=scripts, scheme="dark" if scripts else "light")
    sign_in(page)
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="Set up a second factor").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    assert page.locator(".qr-code svg").bounding_box()["width"] > 150
    assert fits(page)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Confirm").click()
    assert page.locator(".recovery-codes code").count() == 10
    page.get_by_role("link", name="Go to the desk").click()
    page.get_by_role("button", name="Log out").click()
    sign_in(page)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("heading", name="What do you want to work on?").is_visible()
