"""The protecting headers, on whatever the portal answers."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from sscportal.urls import *  # noqa: F403 - the portal, and a page that fails
from sscportal.urls import urlpatterns
from tests.factories import TopicFactory
from tests.pages import public_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fail(request):
    raise RuntimeError("the secret of the traceback")


urlpatterns = [path("fail/", fail), *urlpatterns]

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def assert_protected(response):
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    policy = dict(part.strip().partition(" ")[::2] for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_public_address_is_protected(client, language):
    TopicFactory(sections=1)
    for address in public_addresses(language).values():
        assert_protected(client.get(address))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 302),
        ("/en/topics", 301),
        ("/hi/topics/unknown/", 404),
        ("/nowhere/", 404),
        ("/en/search/?q=%00", 400),
        ("/fail/", 500),
        ("/admin/", 302),
        ("/admin/login/", 200),
        ("/admin/nowhere/", 302),
    ],
)
@pytest.mark.urls(__name__)
def test_redirects_errors_and_the_admin_are_protected(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert_protected(response)


def test_a_refused_host_is_protected(client):
    response = client.get("/en/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert_protected(response)


def test_a_refused_form_is_protected():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "asha", "password": "x"})
    assert response.status_code == 403
    assert_protected(response)


def test_the_redirect_to_https_is_protected(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/en/")
    assert (response.status_code, response.headers["Location"]) == (301, "https://testserver/en/")
    assert_protected(response)


def test_static_files_are_protected(client, settings, tmp_path):
    (tmp_path / "site.css").write_text("p { margin: 0 }")
    settings.STATIC_ROOT = tmp_path
    response = client.get("/static/site.css")
    assert response.status_code == 200
    assert_protected(response)


def test_the_signed_in_admin_is_protected(editor):
    assert_protected(editor.get("/admin/"))
    assert_protected(editor.get("/admin/topics/topic/add/"))


def test_over_https_browsers_are_told_to_stay_there(client):
    assert client.get("/en/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert settings.SECURE_HSTS_SECONDS


def test_a_reader_gets_no_cookie(client):
    TopicFactory(sections=1)
    for address in public_addresses().values():
        assert not client.get(address).cookies
