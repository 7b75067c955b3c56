"""A real Chromium against a live server, and pages worth opening in it."""

import os
import shutil
import threading

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Locator, sync_playwright

from apps.content.vocabulary import HOLD_SECONDS
from tests.factories import (
    CitationFactory,
    CountryFactory,
    EventFactory,
    GlossaryTermFactory,
    OrganisationFactory,
    QuestionFactory,
    SectionFactory,
    SourceFactory,
    TopicFactory,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# --no-sandbox: CI is root in a container. The rest keeps Chromium from calling home, where there is no network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        pytest.fail("The browser tests need Chromium: run them with 'make test', which finds or installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _whole_pages(monkeypatch):
    """A click that leads elsewhere is over when that page is whole: Playwright's own ends with its first byte, and
    counting its rows does not wait for the rest.
    """
    click = Locator.click

    def _click(locator, **options):
        click(locator, **options)
        locator.page.wait_for_load_state()

    monkeypatch.setattr(Locator, "click", _click)


@pytest.fixture
def _all_answered(live_server):
    """A browser that is closed leaves requests behind (who is at a form says good-bye with one), which the server goes
    on answering. The database is emptied after them: PostgreSQL takes the two for a deadlock and gives up either.
    """
    server = live_server.thread.httpd
    server.verify_request = lambda *connection: True
    yield
    server.verify_request = lambda *connection: False
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=30)


@pytest.fixture
def open_page(chromium, live_server, _all_answered):
    """``open_page(width=360, scheme="dark", scripts=True)``: a fresh browser window at the live server.

    Whatever it is used for, a request to another host, a refusal by the policy or a script error fails the test.
    """
    contexts, complaints = [], []

    def _open(width=1280, scheme="light", scripts=True, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 740},
            color_scheme=scheme,
            java_script_enabled=scripts,
            base_url=live_server.url,
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda request: None if _is_own(request.url, live_server.url) else complaints.append(request.url)
        )
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def window_of(open_page, live_server, django_user_model):
    """``window_of("meena", "Authors", width=360)``: the window of somebody of that group, signed in; without a group,
    of somebody with every right.
    """

    def _open(name, group=None, **options):
        mail = f"{name}@portal.example"
        person, made = django_user_model.objects.get_or_create(username=name, email=mail, is_staff=True)
        if made and group:
            person.groups.add(Group.objects.get(name=group))
        elif made:
            django_user_model.objects.filter(pk=person.pk).update(is_superuser=True)
        return let_in(open_page(**options), person, live_server)

    return _open


@pytest.fixture
def open_desk(window_of):
    """``open_desk(scripts=False)``: the window of an editor with every right, on the desk's first page."""

    def _open(**options):
        page = window_of("asha", **options)
        page.goto("/admin/")
        return page

    return _open


def let_in(page, person, live_server):
    """``page``, with ``person`` signed in; not by the form, which takes three pages."""
    client = Client()
    client.force_login(person)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    return page


def reopen(page, path):
    """Opens ``path`` once the server's threads have read anew what was published (apps/content/vocabulary.py)."""
    page.wait_for_timeout(1000 * HOLD_SECONDS + 100)
    page.goto(path)


def _is_fault(message):
    # An answer of 404 or 422 is an answer; Chromium logs it as an error.
    return message.type == "error" and "Failed to load resource" not in message.text


def _is_own(url, own):
    return url.startswith((own, "data:", "blob:"))


@pytest.fixture
def portal(transactional_db):
    """A small portal with every kind of page, a disagreement and a part not yet translated."""
    source = SourceFactory(
        title_en="A report", title_hi="एक रिपोर्ट", website="https://example.org/", description_en="x"
    )
    organisation = OrganisationFactory(
        slug="ior-arc",
        name_en="Indian Ocean Rim Association",
        name_hi="हिन्द महासागर तटीय संगठन",
        acronym_en="IOR-ARC",
        acronym_hi="हिमतक्षेस",
        founded="1997-03",
        members=[CountryFactory(name_en="India", name_hi="भारत"), CountryFactory(name_en="Kenya", name_hi="केन्या")],
        website="https://www.iora.int/",
    )
    event = EventFactory(
        slug="founding", start="1997-03", organisations=[organisation], place_en="Port Louis", place_hi="पोर्ट लुइस"
    )
    for record, fact in [(organisation, "founded"), (event, "date")]:
        for value in ("1987", "1997"):
            CitationFactory(
                record=record,
                source=source,
                fact=fact,
                value_en=value,
                value_hi=value,
                note_en="A note.",
                note_hi="टिप्पणी।",
            )
    term = GlossaryTermFactory(slug="summit", term_en="Summit", term_hi="शिखर सम्मेलन")
    note = TopicFactory(
        slug="rim",
        title_en="The Indian Ocean rim",
        title_hi="हिन्द महासागर का तट",
        organisations=[organisation],
        events=[event],
        terms=[term],
    )
    SectionFactory(
        topic=note,
        position=1,
        anchor="members",
        body_en="It has **members**.[^1]\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n[^1]: See the list.",
        body_hi="इसके **सदस्य** हैं।[^1]\n\n| क | ख |\n|---|--:|\n| 1 | 2 |\n\n[^1]: सूची देखें।",
    )
    SectionFactory(topic=note, position=2, anchor="markets", body_en="Only in English so far.", body_hi="")
    for number in range(3, 9):
        SectionFactory(
            topic=note,
            position=number,
            anchor=f"more-{number}",
            body_en="Text. " * 120,
            body_hi="पाठ का एक वाक्य। " * 80,
        )
    CitationFactory(record=note, source=source, note_en="Page 4.", note_hi="पृष्ठ 4।")
    QuestionFactory(topic=note)
    TopicFactory(slug="next-note", title_en="The next note", title_hi="अगला पाठ")
    return note
