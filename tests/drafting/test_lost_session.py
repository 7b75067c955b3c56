"""A form that is sent after the session has ended: nothing of it is lost, and nothing is stored for a stranger."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.drafting.models import KeptText
from apps.topics.models import Topic
from tests.drafting.conftest import PASSWORD
from tests.editorial.families import DESK_MODELS, address, form_data, label, make

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BANNER = "You were signed out before this was saved. Here is what you typed; check it and save."


def sign_in_fields(response):
    """What the sign-in page in ``response`` carries along."""
    return dict(re.findall(r'<input type="hidden" name="(next|typed_before)" value="([^"]*)"', response.text))


def sign_in(client, response, name="asha", password=PASSWORD, **further):
    fields = {**sign_in_fields(response), "username": name, "password": password, **further}
    return client.post("/admin/login/", fields, follow=True)


def typed_without_session(editor, path, **typed):
    """The answer to a form that ``editor`` opened, was signed out of, and sent."""
    data = form_data(editor.get(path)) | typed
    editor.logout()
    return editor.post(path, data)


@pytest.mark.parametrize("model", DESK_MODELS, ids=label)
def test_every_form_comes_back_with_what_was_typed(editor, model):
    record = make(model)
    name = f"{model.label_field}_hi"
    response = typed_without_session(editor, address(record, "change"), **{name: "अभी लिखा गया"})
    assert response.status_code == 403
    form = sign_in(editor, response)
    assert form.redirect_chain == [(address(record, "change"), 302)]
    assert BANNER in form.text
    assert form.context["adminform"].form[name].value() == "अभी लिखा गया"


def test_the_text_is_not_yet_saved_and_is_saved_then(editor, note):
    path = address(note, "change")
    form = sign_in(editor, typed_without_session(editor, path, title_en="A new title"))
    assert Topic.objects.get(pk=note.pk).title_en == note.title_en
    editor.post(path, form_data(form))
    assert Topic.objects.get(pk=note.pk).title_en == "A new title"
    assert not KeptText.objects.exists()
    assert BANNER not in editor.get(path).text


def test_a_new_record_and_its_new_rows_come_back(editor):
    path = address(Topic, "add")
    data = form_data(editor.get(path)) | {"title_en": "New", "sections-0-heading_en": "One"}
    data |= {"sections-TOTAL_FORMS": "2", "sections-1-heading_hi": "दो"}
    editor.logout()
    form = sign_in(editor, editor.post(path + "?_changelist_filters=q%3Dlima", data))
    assert form.redirect_chain == [(path + "?_changelist_filters=q%3Dlima", 302)]
    rows = form.context["inline_admin_formsets"][0].formset.forms
    assert [rows[0]["heading_en"].value(), rows[1]["heading_hi"].value()] == ["One", "दो"]


def test_what_is_wrong_with_it_is_said_at_once(editor, note):
    form = sign_in(editor, typed_without_session(editor, address(note, "change"), title_en="", title_hi=""))
    assert "There is a problem" in form.text


def test_it_goes_along_through_a_wrong_password(editor, note):
    response = typed_without_session(editor, address(note, "change"), title_en="A new title")
    response = sign_in(editor, response, password="wrong")
    assert not KeptText.objects.exists()
    form = sign_in(editor, response)
    assert form.context["adminform"].form["title_en"].value() == "A new title"


def test_nothing_is_stored_before_the_sign_in(editor, note):
    typed_without_session(editor, address(note, "change"))
    assert not KeptText.objects.exists()


def test_an_account_that_may_not_change_the_record_does_not_get_it(editor, colleague, note):
    colleague("kiran", "events.change_event", "topics.view_topic")
    response = typed_without_session(editor, address(note, "change"), title_en="A new title")
    form = sign_in(editor, response, name="kiran")
    assert not KeptText.objects.exists()
    assert "this account may not change that record" in form.text
    assert "A new title" not in form.text


def test_another_account_that_may_change_the_record_gets_it(editor, colleague, note):
    colleague("meena", "topics.change_topic")
    response = typed_without_session(editor, address(note, "change"), title_en="A new title")
    assert BANNER in sign_in(editor, response, name="meena").text


def test_a_right_that_was_taken_away_meanwhile_hides_it(editor, colleague, browser_of, note):
    meena = colleague("meena", "topics.view_topic")
    KeptText.objects.create(user=meena, path=address(note, "change"), data=[["title_en", ["A new title"]]])
    assert "A new title" not in browser_of(meena).get(address(note, "change")).text


def test_only_they_see_it_and_only_there(editor, colleague, browser_of, note):
    other = browser_of(colleague("meena", "topics.change_topic"))
    sign_in(editor, typed_without_session(editor, address(note, "change"), title_en="A new title"))
    assert "A new title" not in other.get(address(note, "change")).text
    assert "A new title" not in editor.get(address(make(Topic), "change")).text


def test_it_can_be_discarded(editor, note):
    form = sign_in(editor, typed_without_session(editor, address(note, "change"), title_en="A new title"))
    response = editor.post(address(Topic, "discard_typed"), {"path": form.request["PATH_INFO"]}, follow=True)
    assert response.redirect_chain == [(address(note, "change"), 302)]
    assert "A new title" not in response.text


@pytest.mark.parametrize("path", ["", "//evil.example/admin/", "https://evil.example/", "/admin/", "/en/"])
def test_discarding_leads_only_to_a_form_of_the_desk(editor, path):
    assert editor.post(address(Topic, "discard_typed"), {"path": path}).status_code == 404


def test_somebody_elses_text_cannot_be_discarded(editor, superuser, colleague, browser_of, note):
    KeptText.objects.create(user=superuser, path=address(note, "change"), data=[])
    other = browser_of(colleague("meena", "topics.change_topic"))
    other.post(address(Topic, "discard_typed"), {"path": address(note, "change")})
    assert KeptText.objects.exists()


@pytest.mark.parametrize("sealed", ["", "nonsense", "eyJhIjoxfQ:1abcde:signature", "\x00"])
def test_what_we_did_not_seal_is_ignored(editor, note, sealed):
    response = typed_without_session(editor, address(note, "change"))
    sign_in(editor, response, typed_before=sealed)
    assert not KeptText.objects.exists()


def test_an_old_page_brings_nothing_back(editor, note):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        response = typed_without_session(editor, address(note, "change"))
        clock.shift(datetime.timedelta(days=5))
        sign_in(editor, response)
    assert not KeptText.objects.exists()


def test_signs_that_no_database_holds_are_left_out(editor, note):
    response = typed_without_session(editor, address(note, "change"), title_en="Li\x00ma")
    assert sign_in(editor, response).context["adminform"].form["title_en"].value() == "Lima"


def test_a_text_too_long_for_the_sign_in_form_is_said_to_be(editor, note, settings):
    path = address(note, "change")
    data = form_data(editor.get(path))
    editor.logout()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_500
    response = editor.post(path, data)
    assert "too long to be sent along" in response.text
    assert "typed_before" not in sign_in_fields(response)


def test_neither_a_token_nor_a_password_is_kept(editor, note):
    response = typed_without_session(editor, address(note, "change"), csrfmiddlewaretoken="x", password1="y")
    sign_in(editor, response)
    assert not {"csrfmiddlewaretoken", "password1"} & {name for name, _values in KeptText.objects.get().data}


def test_after_a_fortnight_it_is_forgotten(editor, superuser, note):
    path = address(note, "change")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(editor, typed_without_session(editor, path, title_en="A new title"))
        clock.shift(datetime.timedelta(days=14, seconds=1))
        client = Client()
        client.force_login(superuser)
        assert "A new title" not in client.get(path).text
        other = make(Topic)
        sign_in(client, typed_without_session(client, address(other, "change")))
    assert [kept.path for kept in KeptText.objects.all()] == [address(other, "change")]


def test_a_list_still_leads_to_the_plain_sign_in(reader):
    assert reader.post(address(Topic, "changelist"), {"action": "x"}).status_code == 302


def test_the_sign_in_page_that_carries_a_text_offers_no_way_that_loses_it(editor, note):
    response = typed_without_session(editor, address(note, "change"))
    assert "language-switch" not in response.text
    assert "language-switch" not in sign_in(editor, response, password="wrong").text


def test_a_text_that_was_not_saved_after_all_is_kept_on(editor, superuser, note):
    """The record is gone: the form leads to the start and has saved nothing."""
    KeptText.objects.create(user=superuser, path=address(note, "change"), data=[["title_en", ["A new title"]]])
    data = form_data(editor.get(address(note, "change")))
    path = address(note, "change")
    note.delete()
    response = editor.post(path, data)
    assert response.url == "/admin/"
    assert KeptText.objects.exists()
    assert "typed_saved" not in response.cookies


def test_the_browser_is_told_what_was_saved_for_just_this_address(editor, note):
    path = address(note, "change")
    refused = editor.post(path, form_data(editor.get(path)) | {"title_en": "", "title_hi": ""})
    assert "typed_saved" not in refused.cookies
    saved = editor.post(path, form_data(editor.get(path)))
    assert saved.cookies["typed_saved"]["path"] == path


def test_an_answer_between_two_pages_is_no_form_to_keep(reader, note):
    response = reader.post(address(note, "change"), {"_chosen": "sealed", "choice:x": "mine"})
    assert response.status_code == 302


def test_what_others_saved_meanwhile_is_not_undone_by_it(editor, superuser, browser_of, note):
    path, other = address(note, "change"), browser_of(superuser)
    page = editor.get(path)
    data = form_data(page) | {"title_en": "A new title", "_version": page.context["version"]}
    editor.logout()
    response = editor.post(path, data)
    other.post(path, form_data(other.get(path)) | {"summary_en": "Theirs."})
    form = sign_in(editor, response)
    editor.post(path, form_data(form) | {"_version": form.context["version"]})
    saved = Topic.objects.get(pk=note.pk)
    assert (saved.title_en, saved.summary_en) == ("A new title", "Theirs.")


@pytest.mark.parametrize("published", [True, False])
def test_a_draft_of_a_published_note_comes_back_too(editor, published):
    note = make(Topic) if published else make(Topic, state="draft")
    path = address(note, "change")
    editor.post(path, form_data(editor.get(path)) | {"summary_en": "Saved before."})
    form = sign_in(editor, typed_without_session(editor, path, title_en="A new title"))
    assert form.context["adminform"].form["title_en"].value() == "A new title"
    assert form.context["adminform"].form["summary_en"].value() == "Saved before."


def test_a_translator_gets_back_what_they_translated(colleague, browser_of, note):
    translator = browser_of(colleague("ravi", "topics.view_topic", "translations.translate_into_hi"))
    path = address(note, "translate", "hi")
    page = translator.get(path).text
    data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    [name, *_others] = re.findall(r'<textarea[^>]* name="([^"]+)"', page)
    translator.logout()
    response = translator.post(path, data | {name: "नया अनुवाद"})
    form = sign_in(translator, response, name="ravi")
    assert BANNER in form.text
    assert "नया अनुवाद" in form.text


def test_a_translator_of_another_language_does_not_get_it(editor, colleague, note):
    colleague("ravi", "topics.view_topic", "translations.translate_into_en")
    path = address(note, "translate", "hi")
    editor.logout()
    sign_in(editor, editor.post(path, {"any": "नया अनुवाद"}), name="ravi")
    assert not KeptText.objects.exists()


def test_the_second_factor_comes_between_and_nothing_is_lost(editor, superuser, note):
    response = typed_without_session(editor, address(note, "change"), title_en="A new title")
    device = TOTPDevice.objects.create(user=superuser, name="app", confirmed=True)
    code_page = sign_in(editor, response)
    assert code_page.redirect_chain[-1][0].startswith("/admin/second-factor/code/")
    assert "A new title" not in code_page.text
    code = f"{TOTP(device.bin_key).token():06d}"
    form = editor.post(code_page.redirect_chain[-1][0], {"code": code, "next": address(note, "change")}, follow=True)
    assert BANNER in form.text
    assert form.context["adminform"].form["title_en"].value() == "A new title"
