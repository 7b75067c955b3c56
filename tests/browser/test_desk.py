"""The editors' desk in a real browser: nothing that the policy refuses, and work that needs no script."""

import pytest

from apps.topics.models import Topic
from tests.editorial.families import DESK_MODELS, address, label, make
from tests.factories import GlossaryTermFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("model", DESK_MODELS, ids=label)
def test_no_page_of_the_desk_has_what_the_policy_refuses_or_leaves_the_screen(open_desk, model):
    record = make(model)
    pages = [address(model, page) for page in ("changelist", "add", "import", "export")]
    pages += [address(record, page) for page in ("change", "delete", "history")]
    for width, scheme in ((360, "dark"), (1280, "light")):
        page = open_desk(width=width, scheme=scheme)
        for there in pages:
            page.goto(there)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{there} at {width}"


def test_both_languages_stand_side_by_side_on_a_desk_and_stacked_on_a_phone(open_desk, portal):
    desk, phone = open_desk(width=1280), open_desk(width=360)
    for page in (desk, phone):
        page.goto(address(portal, "change"))
    english, hindi = (desk.locator(f"#id_title_{code}").bounding_box() for code in ("en", "hi"))
    assert english["y"] == pytest.approx(hindi["y"], abs=4)
    assert hindi["x"] > english["x"] + english["width"]
    english, hindi = (phone.locator(f"#id_title_{code}").bounding_box() for code in ("en", "hi"))
    assert hindi["y"] > english["y"] + english["height"]
    assert hindi["x"] == english["x"]


def test_a_related_record_is_found_by_typing_and_kept(open_desk, portal):
    GlossaryTermFactory(term_en="Solidarity fund", term_hi="एकजुटता कोष")
    page = open_desk()
    page.goto(address(portal, "change"))
    field = page.locator(".field-terms .select2-search__field")
    field.click()
    field.press_sequentially("एकजुटता")
    page.locator(".select2-results__option", has_text="Solidarity fund").click()
    page.locator("[name=_continue]").click()
    page.locator(".messagelist .success").wait_for()
    page.locator(".field-terms .select2-selection__choice", has_text="Solidarity fund").wait_for()


def test_a_note_is_saved_with_a_new_section_without_scripts(open_desk, portal):
    page = open_desk(scripts=False)
    count = portal.sections.count()
    page.goto(address(portal, "change"))
    page.locator("#id_title_hi").fill("नया शीर्षक")
    page.locator(f"#id_sections-{count}-anchor").fill("outlook")
    page.locator(f"#id_sections-{count}-heading_hi").fill("भविष्य")
    page.locator("[name=_continue]").click()
    assert page.locator(".errornote").count() == 0
    assert page.locator("#id_title_hi").input_value() == "नया शीर्षक"
    assert page.locator(f"#id_sections-{count}-position").input_value() == str(count + 1)
    assert Topic.objects.get(pk=portal.pk).title_hi == "हिन्द महासागर का तट"  # readers keep the published text


def test_the_desk_changes_its_language_without_scripts(open_desk):
    page = open_desk(scripts=False)
    page.locator(".language-switch [value=hi]").click()
    assert page.locator("html").get_attribute("lang") == "hi"
