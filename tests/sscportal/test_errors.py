"""An error is told to us in full and to the reader in plain words."""

import io
import logging
import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.urls("tests.sscportal.test_headers")]


@pytest.fixture
def log():
    """What the handler of settings.LOGGING writes."""
    handler = next(each for each in logging.getLogger("django").handlers if type(each) is logging.StreamHandler)
    before = handler.setStream(io.StringIO())
    yield handler.stream
    handler.setStream(before)


def test_an_error_is_logged_with_its_traceback_and_the_id_of_the_request(log):
    Client(raise_request_exception=False).get("/fail/")
    assert "Traceback" in log.getvalue()
    assert "the secret of the traceback" in log.getvalue()
    assert re.search(r"ERROR django\.request \[[0-9a-f]{32}\] Internal Server Error: /fail/", log.getvalue())


def test_two_requests_have_two_ids(log):
    client = Client(raise_request_exception=False)
    client.get("/fail/")
    client.get("/fail/")
    ids = re.findall(r"django\.request \[([0-9a-f]{32})\]", log.getvalue())
    assert len(set(ids)) == 2


def test_the_page_shows_neither_the_traceback_nor_the_id(log):
    response = Client(raise_request_exception=False).get("/fail/")
    request_id = re.search(r"\[([0-9a-f]{32})\]", log.getvalue())[1]
    shown = response.text + str(response.headers)
    assert response.status_code == 500
    assert "secret" not in shown
    assert "Traceback" not in shown
    assert request_id not in shown
