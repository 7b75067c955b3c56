"""Every kind of public page: accessible, within the screen, without a request to anybody else, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "start page": "/{}/",
    "notes": "/{}/topics/",
    "note": "/{}/topics/rim/",
    "editions": "/{}/topics/rim/editions/",
    "edition": "/{}/topics/rim/editions/1/",
    "edition, changes": "/{}/topics/rim/editions/2/changes/",
    "cite": "/{}/topics/rim/cite/",
    "cite, an edition": "/{}/topics/rim/editions/1/cite/",
    "shared draft, gone": "/{}/shared/nothing/",
    "practice": "/{}/topics/rim/practice/",
    "comment form": "/{}/topics/rim/comments/new/",
    "organisations": "/{}/organisations/",
    "organisations, none": "/{}/organisations/?kind=un_body",
    "organisation": "/{}/organisations/ior-arc/",
    "events": "/{}/events/?decade=1990",
    "event": "/{}/events/founding/",
    "glossary": "/{}/glossary/",
    "search": "/{}/search/?q=indian",
    "search, none": "/{}/search/?q=zzzz",
    "about": "/{}/about/",
    "not found": "/{}/nothing/",
    "unreadable": "/{}/search/?q=%00",
}


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_axe_finds_nothing_and_nothing_leaves_the_screen(portal, open_page, language, width, scheme):
    page, wrong = open_page(width=width, scheme=scheme), []
    for name, path in PAGES.items():
        page.goto(path.format(language))
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        if found.violations_count:
            wrong.append(f"{name}: {found.generate_report()}")
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            wrong.append(f"{name} leaves the screen")
    assert not wrong, "\n".join(wrong)
