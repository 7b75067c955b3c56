"""The form of a published record works on a draft, and two people in one form overwrite nothing of each other."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.content.models import State
from apps.publishing import actions, live
from apps.publishing.models import Edition, draft_of
from apps.topics.models import Topic
from tests.editorial.families import address, form_data
from tests.factories import EventFactory, GlossaryTermFactory, SectionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def note():
    return TopicFactory(sections=2, title_en="Bandung", title_hi="बांडुंग")


@pytest.fixture
def colleague(django_user_model):
    """Another editor's browser."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("meena", "meena@portal.example", "x"))
    return client


def opened(editor, record):
    """What the form of ``record`` would send back as it stands."""
    response = editor.get(address(record, "change"))
    version = re.search(r'name="_version" value="(\w+)"', response.text)
    return form_data(response) | ({"_version": version[1]} if version else {})


def send(editor, record, data, **changes):
    return editor.post(address(record, "change"), {**data, **changes})


def now(note):
    return Topic.objects.get(pk=note.pk)


def test_saving_a_published_note_makes_a_draft_and_readers_see_the_old_text(editor, note):
    send(editor, note, opened(editor, note), title_hi="बांडुंग सम्मेलन")
    assert now(note).title_hi == "बांडुंग"
    assert opened(editor, note)["title_hi"] == "बांडुंग सम्मेलन"


def test_saving_a_published_note_unchanged_makes_no_draft(editor, note):
    send(editor, note, opened(editor, note))
    assert draft_of(note) is None


def test_a_draft_with_a_new_section_is_worked_on_again(editor, note):
    added = {"sections-2-anchor": "third", "sections-2-heading_hi": "तीसरा", "sections-2-body_hi": "पाठ।"}
    send(editor, note, opened(editor, note), **added)
    assert note.sections.count() == 2
    again = opened(editor, note)
    assert again["sections-2-heading_hi"] == "तीसरा"
    send(editor, note, again, **{"sections-2-heading_hi": "तीसरा खण्ड"})
    assert opened(editor, note)["sections-2-heading_hi"] == "तीसरा खण्ड"
    actions.publish(record=note, by=None)
    assert note.sections.get(anchor="third").heading_hi == "तीसरा खण्ड"


def test_a_section_is_taken_away_in_the_draft_only(editor, note):
    send(editor, note, opened(editor, note), **{"sections-0-DELETE": "on"})
    assert note.sections.count() == 2
    actions.publish(record=note, by=None)
    assert note.sections.count() == 1


def test_the_form_of_a_section_works_on_the_draft_of_its_note(editor, note):
    section = note.sections.first()
    send(editor, section, opened(editor, section), heading_hi="आरम्भ")
    section.refresh_from_db()
    assert section.heading_hi != "आरम्भ"
    assert opened(editor, note)["sections-0-heading_hi"] == "आरम्भ"


def test_a_note_that_readers_do_not_see_is_simply_saved(editor):
    note = TopicFactory(state=State.DRAFT)
    send(editor, note, opened(editor, note), title_en="Bandung, 1955")
    assert now(note).title_en == "Bandung, 1955"
    assert draft_of(note) is None


def test_a_refused_form_shows_what_was_typed_and_keeps_the_draft(editor, note):
    send(editor, note, opened(editor, note), title_hi="पहला प्रारूप")
    response = send(editor, note, opened(editor, note), title_hi="दूसरा", summary_en="word " * 70)
    assert "दूसरा" in response.text
    assert opened(editor, note)["title_hi"] == "पहला प्रारूप"


# --- Two editors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_changes_of_two_editors_in_different_texts_are_both_kept(editor, colleague, state):
    note = TopicFactory(state=state)
    mine, theirs = opened(editor, note), opened(colleague, note)
    send(colleague, note, theirs, title_hi="उनका शीर्षक")
    send(editor, note, mine, title_en="My title")
    both = opened(editor, note)
    assert (both["title_en"], both["title_hi"]) == ("My title", "उनका शीर्षक")


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
@pytest.mark.parametrize(("choice", "kept"), [("mine", "My title"), ("theirs", "Their title")])
def test_the_second_to_save_the_same_text_sees_both_and_chooses(editor, colleague, state, choice, kept):
    note = TopicFactory(state=state)
    mine, theirs = opened(editor, note), opened(colleague, note)
    send(colleague, note, theirs, title_en="Their title", summary_hi="उनका सार")
    page = send(editor, note, mine, title_en="My title", author_hi="मेरा नाम")
    assert page.status_code == 409
    assert "Nothing of yours is saved yet" in page.text
    assert opened(editor, note)["title_en"] == "Their title"
    chosen = {"_chosen": page.context["kept"], "choice:record//title_en": choice}
    assert editor.post(address(note, "change"), chosen).status_code == 302
    both = opened(editor, note)
    assert both["title_en"] == kept
    assert (both["summary_hi"], both["author_hi"]) == ("उनका सार", "मेरा नाम")


def test_a_third_editor_between_the_page_and_the_choice_is_not_overwritten(editor, colleague, note):
    mine, theirs = opened(editor, note), opened(colleague, note)
    send(colleague, note, theirs, title_en="Their title")
    page = send(editor, note, mine, title_en="My title")
    send(colleague, note, opened(colleague, note), title_en="Their second title")
    again = editor.post(address(note, "change"), {"_chosen": page.context["kept"], "choice:record//title_en": "mine"})
    assert again.status_code == 409
    assert "second" in again.text
    assert opened(editor, note)["title_en"] == "Their second title"


def test_a_section_that_one_takes_away_and_the_other_changes_is_asked_about(editor, colleague, note):
    mine, theirs = opened(editor, note), opened(colleague, note)
    send(colleague, note, theirs, **{"sections-0-DELETE": "on"})
    page = send(editor, note, mine, **{"sections-0-heading_hi": "आरम्भ"})
    assert page.status_code == 409
    section = note.sections.first()
    cell = f"sections/{section.pk}/"
    editor.post(address(note, "change"), {"_chosen": page.context["kept"], f"choice:{cell}": "mine"})
    assert opened(editor, note)["sections-0-heading_hi"] == "आरम्भ"


def test_a_forged_choice_changes_nothing(editor, note):
    other = TopicFactory()
    send(editor, other, opened(editor, other), title_en="x")
    response = editor.post(address(note, "change"), {"_chosen": "forged"}, follow=True)
    assert "can’t be used" in response.text or "can&#x27;t be used" in response.text
    assert draft_of(note) is None


# --- From the draft to readers ----------------------------------------------------------------------------------------


def test_the_publishing_page_shows_what_the_draft_changes_and_publishes_one_language(editor, note):
    send(editor, note, opened(editor, note), title_en="Bandung, 1955", title_hi="बांडुंग, 1955")
    there = address(note, "publishing")
    assert "<ins>" in editor.get(there).text
    editor.post(there, {"act": "publish", "languages": ["en"]})
    assert (now(note).title_en, now(note).title_hi) == ("Bandung, 1955", "बांडुंग")


def test_a_language_has_to_be_chosen(editor, note):
    send(editor, note, opened(editor, note), title_en="Bandung, 1955")
    response = editor.post(address(note, "publishing"), {"act": "publish"}, follow=True)
    assert "Choose at least one language." in response.text
    assert now(note).title_en == "Bandung"


def test_a_rule_that_a_draft_breaks_is_said_and_nothing_is_published(editor, note):
    snapshot, _clashes = live.working_copy(note)
    snapshot["record"]["key_points_en"] = "One point."
    actions.keep(record=note, snapshot=snapshot, by=None)
    response = editor.post(address(note, "publishing"), {"act": "publish", "languages": ["en", "hi"]}, follow=True)
    assert "Three to six key points" in response.text
    assert draft_of(note) is not None


def test_the_preview_shows_the_draft_and_the_public_page_does_not(editor, reader, note):
    send(editor, note, opened(editor, note), title_hi="बांडुंग सम्मेलन", **{"sections-0-body_hi": "नया पाठ"})
    preview = editor.get(address(note, "preview", "hi")).text
    assert "बांडुंग सम्मेलन" in preview
    assert "नया पाठ" in preview
    assert "नया पाठ" not in reader.get(f"/hi/topics/{note.slug}/").text


def test_a_shared_link_shows_the_draft_to_a_stranger_until_it_is_published(editor, reader, note):
    send(editor, note, opened(editor, note), title_hi="बांडुंग सम्मेलन")
    links = editor.get(address(note, "publishing")).context["links"]
    (hindi,) = [link["path"] for link in links if link["code"] == "hi"]
    response = reader.get(hindi)
    assert "बांडुंग सम्मेलन" in response.text
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    actions.publish(record=note, by=None)
    assert reader.get(hindi).url == f"/hi/topics/{note.slug}/"


def test_a_shared_link_ends_after_a_week(editor, reader, note):
    (link, _other) = editor.get(address(note, "publishing")).context["links"]
    with time_machine.travel(timezone.now() + timezone.timedelta(days=8)):
        assert reader.get(link["path"]).status_code == 410
    assert reader.get("/en/shared/forged/").status_code == 410


def test_a_record_without_a_page_of_its_own_is_published_too(editor):
    term = GlossaryTermFactory(state=State.DRAFT)
    assert editor.get(address(term, "publishing")).status_code == 200
    editor.post(address(term, "publishing"), {"act": "publish", "languages": ["en", "hi"]})
    term.refresh_from_db()
    assert term.state == State.PUBLISHED


def test_a_minor_edit_leaves_the_translation_current(editor):
    note = TopicFactory(state=State.DRAFT)
    send(editor, note, opened(editor, note), title_en="Study  note, mended", _minor_edit="1")
    assert now(note).outdated == {}
    send(editor, note, opened(editor, note), title_en="Another title")
    assert now(note).outdated == {"hi": {"title": "Study  note, mended"}}


# --- Editions ---------------------------------------------------------------------------------------------------------


def test_an_edition_is_read_at_its_address_after_the_note_has_changed(editor, reader, note):
    send(editor, note, opened(editor, note), title_en="Bandung, 1955")
    actions.publish(record=note, by=None)
    last = Edition.objects.about(note).first().number
    old = reader.get(f"/en/topics/{note.slug}/editions/{last - 1}/").text
    assert "Bandung, 1955" not in old
    assert f"/hi/topics/{note.slug}/editions/{last - 1}/" in old
    assert "Bandung, 1955" in reader.get(f"/en/topics/{note.slug}/editions/{last}/").text
    changes = reader.get(f"/en/topics/{note.slug}/editions/{last}/changes/").text
    assert "<ins>" in changes
    assert reader.get(f"/hi/topics/{note.slug}/editions/").status_code == 200


def test_a_withdrawn_note_says_so_at_the_address_of_its_edition(reader, note):
    actions.withdraw(record=note, by=None)
    assert reader.get(f"/en/topics/{note.slug}/editions/1/").status_code == 410
    assert reader.get("/en/topics/never-was/editions/1/").status_code == 404


def test_whoever_comes_by_a_former_address_is_led_on(editor, reader):
    event = EventFactory(slug="bandung")
    send(editor, event, opened(editor, event), slug="bandung-1955")
    actions.publish(record=event, by=None)
    moved = reader.get("/hi/events/bandung/")
    assert (moved.status_code, moved.url) == (301, "/hi/events/bandung-1955/")
    assert moved.headers["Cache-Control"] == "no-cache"
    assert reader.get("/hi/topics/bandung/").status_code == 404


def test_the_preview_is_shown_at_two_widths_in_frames_of_our_own(editor, note):
    frames = editor.get(address(note, "widths", "hi"))
    assert frames.text.count(f'<iframe src="{address(note, "preview", "hi")}"') == 2
    assert "frame-src 'self'" in frames.headers["Content-Security-Policy"]
    framed = editor.get(address(note, "preview", "hi"))
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]


def test_the_chosen_records_of_a_list_are_published_and_a_broken_one_is_named(editor):
    good, bad = TopicFactory(state=State.DRAFT), TopicFactory(state=State.DRAFT, key_points_en="One point.")
    chosen = {"action": "publish_selected", "_selected_action": [str(good.pk), str(bad.pk)]}
    response = editor.post(address(Topic, "changelist"), chosen, follow=True)
    assert (now(good).state, now(bad).state) == (State.PUBLISHED, State.DRAFT)
    assert "1 record is published." in response.text
    assert f"{bad}: Three to six key points" in response.text


def test_who_deletes_or_withdraws_a_record_is_told_what_links_to_it(editor):
    event = EventFactory()
    linking = SectionFactory(body_hi=f"[बैठक](event:{event.slug})").topic
    for page in ("delete", "publishing"):
        text = editor.get(address(event, page)).text
        assert "1 record has a link to this one" in text
        assert str(linking) in text
    assert "has a link to this one" not in editor.get(address(EventFactory(), "delete")).text


def test_a_draft_whose_name_another_record_took_opens_and_says_so(editor, note):
    send(editor, note, opened(editor, note), slug="bandung-1955", title_hi="बांडुंग, 1955")
    other = TopicFactory(slug="bandung-1955")
    page = editor.get(address(note, "change"))
    assert "Another record has the draft’s “bandung-1955”" in page.text
    assert (form_data(page)["slug"], form_data(page)["title_hi"]) == (note.slug, "बांडुंग, 1955")
    refused = editor.post(address(note, "publishing"), {"act": "publish", "languages": ["en", "hi"]}, follow=True)
    assert str(other) in refused.text
    assert now(note).title_hi == "बांडुंग"


def test_an_address_that_was_cited_never_leads_to_another_record(editor, note):
    old = note.slug
    send(editor, note, opened(editor, note), slug="bandung-1955")
    actions.publish(record=note, by=None)
    other = TopicFactory(state=State.DRAFT)
    refused = send(editor, other, opened(editor, other), slug=old)
    assert "This was the address name of" in refused.text
    assert now(other).slug != old
    send(editor, note, opened(editor, note), slug=old)  # its own it may take again
    actions.publish(record=note, by=None)
    assert now(note).slug == old


def test_a_plan_for_the_past_is_refused_and_nothing_happens(editor, note):
    send(editor, note, opened(editor, note), title_en="Bandung, 1955")
    plan = {"act": "publish", "languages": ["en"], "at_0": "2020-01-01", "at_1": "10:00"}
    for act in ("publish", "withdraw"):
        page = editor.post(address(note, "publishing"), {**plan, "act": act}, follow=True)
        assert "This time is past" in page.text
    half = editor.post(address(note, "publishing"), {**plan, "at_1": ""})
    assert "The time is not complete" in half.text
    assert now(note).title_en == "Bandung"


def test_the_page_with_both_texts_does_not_say_that_anything_was_saved(editor, colleague, note):
    mine, theirs = opened(editor, note), opened(colleague, note)
    send(colleague, note, theirs, title_en="Their title")
    page = send(editor, note, mine, title_en="My title")
    assert "successfully" not in page.text
    assert "successfully" not in editor.get(address(note, "change")).text


def test_the_tick_for_a_minor_edit_stands_in_the_form(editor):
    assert 'name="_minor_edit"' in editor.get(address(TopicFactory(), "change")).text


def test_what_a_reviewer_returned_stands_at_the_top_of_the_form_until_it_is_asked_again(editor):
    note = TopicFactory(state=State.DRAFT)
    editor.post(address(note, "publishing"), {"act": "ask"})
    empty = editor.post(address(note, "publishing"), {"act": "send_back", "text": " "}, follow=True)
    assert "Say what should be changed." in empty.text
    editor.post(address(note, "publishing"), {"act": "send_back", "text": "Add a source."})
    assert "Add a source." in editor.get(address(note, "change")).text
    editor.post(address(note, "publishing"), {"act": "ask"})
    assert "Add a source." not in editor.get(address(note, "change")).text


def test_who_asks_for_a_review_is_told_whether_anybody_was(editor):
    note = TopicFactory(state=State.DRAFT)
    page = editor.post(address(note, "publishing"), {"act": "ask"}, follow=True)
    assert "No reviewer has an e-mail address here" in page.text


def test_what_is_gone_is_kept_by_no_browser(reader, note):
    actions.withdraw(record=note, by=None)
    gone = reader.get(f"/en/topics/{note.slug}/editions/1/")
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-store")


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_a_form_opened_on_a_text_that_nobody_knows_any_more_overwrites_nothing(editor, state):
    note = TopicFactory(state=state, title_en="As it stands", sections=1)
    data = opened(editor, note) | {"_version": "long-forgotten", "title_en": "From an old form"}
    page = send(editor, note, data)
    assert page.status_code == 409
    assert opened(editor, note)["title_en"] == "As it stands"
    editor.post(address(note, "change"), {"_chosen": page.context["kept"], "choice:record//title_en": "mine"})
    assert opened(editor, note)["title_en"] == "From an old form"


def test_a_published_text_that_changes_under_a_draft_and_two_forms_is_not_lost(editor, colleague, note):
    send(editor, note, opened(editor, note), title_hi="प्रारूप")
    mine, theirs = opened(editor, note), opened(colleague, note)
    published = now(note)
    published.summary_hi = "आयातित सार।"
    published.save()
    send(colleague, note, theirs, author_hi="मीना")
    send(editor, note, mine, author_en="Asha")
    both = opened(editor, note)
    assert (both["summary_hi"], both["author_hi"], both["author_en"]) == ("आयातित सार।", "मीना", "Asha")
