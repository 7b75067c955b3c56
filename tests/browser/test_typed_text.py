"""What was typed into a form of the desk survives: a lost session, an old form, a dead net, a closed browser."""

import re

import pytest
from django.contrib.sessions.models import Session

from apps.content.models import State
from apps.topics.models import Section, Topic
from tests.browser.conftest import let_in
from tests.editorial.families import address

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-password-1"


def sign_in(page, name="asha"):
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#login-form [type=submit]").click()


@pytest.fixture
def open_form(open_page, superuser, portal, live_server, django_user_model):
    """``open_form(name="meena", scripts=False)``: a browser of somebody signed in, at the note's form."""

    Topic.objects.filter(pk=portal.pk).update(state=State.DRAFT)  # saved in its row, not in a draft beside it

    def _open(name="asha", **options):
        person = django_user_model.objects.get(username=name)
        page = let_in(open_page(**options), person, live_server)
        page.goto(address(portal, "change"))
        return page

    return _open


@pytest.fixture
def meena(django_user_model):
    return django_user_model.objects.create_superuser("meena", password=PASSWORD, first_name="Meena")


def save(page):
    page.locator("[name=_continue]").click()


def title_of(note):
    return Topic.objects.get(pk=note.pk).title_en


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_session_that_ends_while_typing_loses_nothing(open_form, portal, scripts):
    page = open_form(scripts=scripts)
    count = portal.sections.count()
    page.locator("#id_title_en").fill("Typed for an hour")
    page.locator(f"#id_sections-{count}-anchor").fill("outlook")
    page.locator(f"#id_sections-{count}-heading_hi").fill("भविष्य")
    Session.objects.all().delete()
    save(page)
    page.get_by_text("You were signed out before this was saved. Sign in here").wait_for()
    sign_in(page)
    page.get_by_text("Here is what you typed; check it and save.").wait_for()
    assert page.locator(f"#id_sections-{count}-heading_hi").input_value() == "भविष्य"
    assert title_of(portal) == "The Indian Ocean rim"
    save(page)
    page.locator(".messagelist .success").wait_for()
    assert title_of(portal) == "Typed for an hour"
    assert Section.objects.get(anchor="outlook").heading_hi == "भविष्य"
    assert page.locator(".typed-offer").count() == 0


def test_what_was_typed_before_the_sign_in_can_be_discarded(open_form, portal):
    page = open_form()
    page.locator("#id_title_en").fill("A mistake")
    Session.objects.all().delete()
    save(page)
    sign_in(page)
    page.get_by_role("button", name="Discard what I typed").click()
    page.locator(".typed-offer").wait_for(state="detached")
    assert page.locator("#id_title_en").input_value() == "The Indian Ocean rim"


def test_a_form_that_grew_old_in_another_tab_is_sent_again(open_form, portal):
    page = open_form()
    page.locator("#id_title_en").fill("Typed in the first tab")
    Session.objects.all().delete()
    other = page.context.new_page()
    other.goto("/admin/login/")
    sign_in(other)
    other.wait_for_url("**/admin/")
    save(page)
    page.get_by_role("button", name="Send it again").click()
    page.locator(".messagelist .success").wait_for()
    assert title_of(portal) == "Typed in the first tab"


def test_a_browser_that_was_closed_offers_what_was_typed(open_form, portal):
    page = open_form()
    count = portal.sections.count()
    page.locator("#id_title_en").fill("Before the crash")
    page.locator("#sections-group .add-row a").click()
    page.locator(f"#id_sections-{count + 1}-heading_hi").fill("दूसरा नया खण्ड")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(address(portal, "change"))
    offer = page.get_by_role("button", name=re.compile(r"^Bring back what you typed at \d\d:\d\d$"))
    offer.click()
    assert page.locator("#id_title_en").input_value() == "Before the crash"
    assert page.locator(f"#id_sections-{count + 1}-heading_hi").input_value() == "दूसरा नया खण्ड"


def test_rows_go_back_to_their_own_section_though_another_came_before_it(open_form, portal):
    page = open_form()
    row = portal.sections.get(anchor="markets")
    page.locator(f"#id_sections-{row.position - 1}-heading_en").fill("Typed for the markets")
    context = page.context
    page.close()
    portal.sections.get(anchor="members").delete()
    page = context.new_page()
    page.goto(address(portal, "change"))
    page.get_by_role("button", name="Bring back what you typed").click()
    assert page.locator(f"#id_sections-{row.position - 2}-id").input_value() == str(row.pk)
    assert page.locator(f"#id_sections-{row.position - 2}-heading_en").input_value() == "Typed for the markets"


def test_what_others_wrote_meanwhile_in_another_field_stays(open_form, portal):
    page = open_form()
    page.locator("#id_title_en").fill("Mine")
    context = page.context
    page.close()
    Topic.objects.filter(pk=portal.pk).update(title_hi="उनका")
    page = context.new_page()
    page.goto(address(portal, "change"))
    page.get_by_role("button", name="Bring back what you typed").click()
    assert page.locator("#id_title_en").input_value() == "Mine"
    assert page.locator("#id_title_hi").input_value() == "उनका"


def test_a_link_that_was_found_by_typing_comes_back(open_form, portal):
    portal.terms.clear()
    page = open_form()
    page.locator(".field-terms .select2-search__field").press_sequentially("Summit")
    page.locator(".select2-results__option", has_text="Summit").click()
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(address(portal, "change"))
    page.get_by_role("button", name="Bring back what you typed").click()
    page.locator(".field-terms .select2-selection__choice", has_text="Summit").wait_for()
    save(page)
    page.locator(".messagelist .success").wait_for()
    assert portal.terms.count() == 1


def test_what_is_discarded_or_saved_is_not_offered_again(open_form, portal):
    page = open_form()
    page.locator("#id_title_en").fill("Typed and saved")
    save(page)
    page.locator(".messagelist .success").wait_for()
    page.goto(address(portal, "change"))
    assert page.locator(".typed-offer").count() == 0
    page.locator("#id_title_en").fill("Typed and left")
    page.goto(address(portal, "change"))
    page.get_by_role("button", name="Discard it").click()
    page.goto(address(portal, "change"))
    assert page.locator(".typed-offer").count() == 0
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_dead_net_at_saving_loses_nothing(open_form, portal):
    page = open_form()
    page.locator("#id_title_en").fill("Typed on the train")
    page.context.set_offline(True)
    save(page)
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(address(portal, "change"))
    page.get_by_role("button", name="Bring back what you typed").click()
    assert page.locator("#id_title_en").input_value() == "Typed on the train"


def test_a_refused_form_that_is_closed_offers_all_of_it_again(open_form, portal):
    page = open_form()
    page.locator("#id_title_hi").fill("पहले लिखा गया")
    page.locator("#id_sections-1-body_hi").fill("[लीमा](event:nowhere)")
    save(page)
    page.locator(".error-summary").wait_for()
    assert page.locator(".typed-offer").count() == 0
    page.locator("#id_title_en").fill("Typed after it")
    page.goto(address(portal, "change"))
    page.get_by_role("button", name="Bring back what you typed").click()
    assert page.locator("#id_title_hi").input_value() == "पहले लिखा गया"
    assert page.locator("#id_title_en").input_value() == "Typed after it"


def test_whoever_leaves_with_something_unsaved_is_asked(open_form, portal):
    page = open_form()
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert questions == []
    page.goto(address(portal, "change"))
    page.locator("#id_title_en").press_sequentially("x")
    page.goto("/admin/")
    assert questions == ["beforeunload"]


def test_another_account_at_the_same_computer_is_offered_nothing(open_form, portal, meena):
    page = open_form()
    page.locator("#id_title_en").fill("Asha typed this")
    page.goto("/admin/")
    page.locator("#logout-form button").click()
    page.goto(address(portal, "change"))
    sign_in(page, "meena")
    page.locator("#id_title_en").wait_for()
    page.wait_for_load_state("load")
    assert page.locator(".typed-offer").count() == 0


def test_two_editors_on_one_form_see_each_other_until_one_leaves(open_form, portal, meena):
    asha = open_form()
    asha.clock.install()
    asha.reload()
    other = open_form("meena")
    other.get_by_text(re.compile(r"^asha opened this form at \d\d:\d\d\.$")).wait_for()
    asha.clock.fast_forward("01:01")
    asha.get_by_text(re.compile(r"^Meena opened this form at \d\d:\d\d\.$")).wait_for()
    other.reload()
    other.get_by_text(re.compile(r"^asha has had this form open since \d\d:\d\d\.$")).wait_for()
    asha.goto("/admin/")
    other.reload()
    other.locator(".presence p").wait_for(state="detached")


def test_without_scripts_the_time_of_opening_decides(open_form, portal, meena):
    open_form(scripts=False)
    other = open_form("meena", scripts=False)
    other.get_by_text(re.compile(r"^asha opened this form at \d\d:\d\d\.$")).wait_for()


def test_a_refused_form_leads_to_its_problems(open_form, portal):
    page = open_form()
    page.locator("#id_sections-1-body_hi").fill("[लीमा](event:nowhere)")
    save(page)
    page.locator("#error-summary-title:focus").wait_for()
    page.get_by_role("link", name="Section 2 · Text · Hindi: No record has this address: event:nowhere.").click()
    page.locator("#id_sections-1-body_hi:focus").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_stays_on_a_small_screen(open_form, portal, meena, scheme):
    open_form("meena")
    page = open_form(width=360, scheme=scheme)
    page.locator("#id_title_en").fill("Typed on a telephone")
    page.goto(address(portal, "change"))
    page.locator(".typed-offer").wait_for()
    page.get_by_role("button", name="Bring back what you typed").click()
    page.locator("#id_sections-0-body_en").fill("[a](event:" + "x" * 60 + ")")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    Session.objects.all().delete()
    save(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sign_in(page)
    page.locator(".error-summary").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
