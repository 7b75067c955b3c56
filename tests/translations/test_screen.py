"""The translate screen: what it shows, what it saves, and what it never loses or overwrites."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.content.models import State
from apps.content.translation_state import TranslationState, states
from apps.publishing import actions, live
from apps.publishing.models import Draft
from apps.topics.models import Section, Topic
from apps.translations.actions import note_minor_edit
from apps.translations.models import MinorEdit
from apps.translations.texts import groups_of, texts_in
from tests.editorial.families import DESK_MODELS, address, label, make
from tests.factories import (
    CitationFactory,
    EventFactory,
    GlossaryTermFactory,
    OrganisationFactory,
    QuestionFactory,
    SectionFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TRANSLATED = [model for model in DESK_MODELS if model.__name__ != "Citation"]


def there(record, language="hi"):
    return address(record, "translate", language)


def key(row, name, place="record"):
    return f"{place}/{row.pk}/{name}"


def form_of(response):
    """What a browser would send back from the page in ``response``."""
    data = {}
    for entry in response.context["screen"].entries:
        data[entry.text.key] = entry.typed
        data[f"{entry.text.key}/opened"] = entry.opened
        data[f"{entry.text.key}/source"] = entry.source_digest
        if entry.still_right:
            data[f"{entry.text.key}/right"] = "on"
    return data


def entry(response, row, name):
    return next(e for e in response.context["screen"].entries if (e.text.row.pk, e.text.name) == (row.pk, name))


def typed(client, record, texts, language="hi", **buttons):
    """Opens the screen, types ``texts`` (``{key: text}``), presses a button (by default Save), gives the answer."""
    data = form_of(client.get(there(record, language))) | texts
    return client.post(there(record, language), data | (buttons or {"_save": "Save"}))


@pytest.fixture
def draft():
    """A note that no reader sees yet, with one section."""
    topic = TopicFactory(state=State.DRAFT, title_en="An overview", title_hi="एक परिचय")
    SectionFactory(topic=topic, anchor="one", heading_en="One", heading_hi="एक", body_en="Text.", body_hi="पाठ।")
    return topic


@pytest.fixture
def outdated(draft):
    """Its section's text has changed in English since it was translated."""
    section = draft.sections.get()
    section.body_en = "A better text."
    section.save()
    return draft


# --- What it shows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", TRANSLATED, ids=label)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_kind_of_record_has_the_screen_in_both_languages(editor, model, language):
    record = make(model)
    response = editor.get(there(record, language), follow=True)
    assert response.status_code == 200
    assert not re.search(r"\sstyle=|<style|<script(?![^>]* src=)", response.content.decode())


def test_the_texts_stand_in_the_order_of_the_note(editor, draft):
    CitationFactory(record=draft, note_en="Page 4.", note_hi="पृष्ठ 4।")
    texts = texts_in(editor.get(there(draft)).context["screen"].groups)
    assert [(text.place, text.name) for text in texts] == [
        ("record", "title"),
        ("record", "summary"),
        ("record", "key_points"),
        ("record", "author"),
        ("sections", "heading"),
        ("sections", "body"),
        ("citations", "note"),
    ]


def test_source_and_translation_carry_their_language(editor, draft):
    page = editor.get(there(draft)).content.decode()
    assert re.search(r'<div class="translate-words" lang="en">What the note is about', page)
    assert re.search(rf'<textarea name="{key(draft, "summary")}"[^>]* lang="hi" dir="ltr"', page)


def test_a_hindi_first_note_goes_to_english(editor):
    topic = TopicFactory(source_language="hi", title_en="")
    response = editor.get(there(topic, "en"))
    assert entry(response, topic, "title").text.source == topic.title_hi
    assert editor.get(there(topic, "hi")).context["screen"].entries == []


def test_a_text_that_stands_only_in_its_translation_is_missing_in_its_own_language(editor):
    topic = TopicFactory(title_en="", summary_en="x")
    [only] = editor.get(there(topic, "en")).context["screen"].entries
    assert (only.text.name, only.text.source, only.text.state) == ("title", topic.title_hi, TranslationState.MISSING)


def test_a_state_is_a_word_and_a_shape(editor, outdated):
    page = editor.get(there(outdated)).content.decode()
    assert "◐</span> Outdated" in page
    assert "●</span> Up to date" in page


def test_what_changed_in_the_source_since_it_was_translated_is_marked(editor, outdated):
    page = editor.get(there(outdated)).content.decode()
    assert "<ins>A better text</ins>." in page
    assert "<del>Text</del>." in page


def test_the_terms_of_the_text_stand_beside_it(editor, draft):
    GlossaryTermFactory(term_en="Better text", term_hi="अच्छा पाठ")
    section = draft.sections.get()
    section.body_en = "A better text, in short."
    section.save()
    response = editor.get(there(draft))
    [term] = entry(response, section, "body").terms
    assert term.names == ("अच्छा पाठ",)
    assert "अच्छा पाठ" in response.content.decode()


def test_progress_counts_the_texts_that_are_up_to_date(editor, outdated):
    response = editor.get(there(outdated))
    page = response.content.decode()
    assert "5 of 6 texts are up to date" in page
    assert '<progress id="translated" value="5" max="6">' in page


def test_links_lead_to_the_next_text_and_the_next_record_that_need_work(editor, outdated):
    other = TopicFactory(state=State.DRAFT, summary_hi="")
    TopicFactory()
    response = editor.get(there(outdated))
    page = response.content.decode()
    section = outdated.sections.get()
    assert f'href="#{key(section, "body", "sections").replace("/", "-")}"' in page
    assert there(other) in page
    assert response.context["next_record"] == other


def test_after_the_last_record_the_next_one_is_the_first(editor):
    first, last = (TopicFactory(summary_hi="") for _ in range(2))
    assert editor.get(there(last)).context["next_record"] == first
    assert editor.get(there(first, "en")).context["next_record"] is None


def test_a_record_whose_part_is_outdated_needs_work_too(editor, outdated):
    event = TopicFactory()
    CitationFactory(record=event, note_en="Only in English.")
    assert editor.get(there(outdated)).context["next_record"] == event
    assert editor.get(there(event)).context["next_record"] == outdated


def test_a_section_is_translated_with_its_note(editor, draft):
    response = editor.get(there(draft.sections.get()))
    assert response.url == there(draft)


def test_the_screen_asks_the_same_number_of_questions_however_long_the_note(editor):
    counts = []
    for sections in (1, 6):
        topic = TopicFactory(sections=sections)
        for _ in range(sections):
            CitationFactory(record=topic, note_en="Page.", note_hi="पृष्ठ।")
        with CaptureQueriesContext(connection) as queries:
            editor.get(there(topic))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- What it saves ----------------------------------------------------------------------------------------------------


def test_a_translation_is_saved_and_current(editor, outdated):
    section = outdated.sections.get()
    response = typed(editor, outdated, {key(section, "body", "sections"): "एक बेहतर पाठ।\r\n"})
    assert response.status_code == 302
    section.refresh_from_db()
    assert section.body_hi == "एक बेहतर पाठ।\n"
    assert states(section)["body"]["hi"] == TranslationState.CURRENT


def test_only_the_language_of_the_screen_is_written(editor, draft):
    typed(editor, draft, {key(draft, "title"): "नया शीर्षक", f"record/{draft.pk}/title_en": "x", "title_en": "x"})
    saved = Topic.objects.get(pk=draft.pk)
    assert (saved.title_hi, saved.title_en) == ("नया शीर्षक", draft.title_en)


def test_what_changed_meanwhile_in_other_texts_stays(editor, draft):
    data = form_of(editor.get(there(draft)))
    Topic.objects.filter(pk=draft.pk).update(summary_hi="किसी और का।", title_en="Somebody else's")
    data[key(draft, "author")] = "नया लेखक"
    editor.post(there(draft), data | {"_save": "Save"})
    saved = Topic.objects.get(pk=draft.pk)
    assert (saved.author_hi, saved.summary_hi, saved.title_en) == ("नया लेखक", "किसी और का।", "Somebody else's")


def test_saving_leads_to_the_next_text_that_needs_work(editor, outdated):
    response = typed(editor, outdated, {key(outdated, "title"): "नया शीर्षक"})
    section = outdated.sections.get()
    assert response.url == f"{there(outdated)}#{key(section, 'body', 'sections').replace('/', '-')}"


def test_an_outdated_text_that_is_still_right_is_current_with_a_tick(editor, outdated):
    section = outdated.sections.get()
    typed(editor, outdated, {f"{key(section, 'body', 'sections')}/right": "on"})
    section.refresh_from_db()
    assert section.body_hi == "पाठ।"
    assert states(section)["body"]["hi"] == TranslationState.CURRENT


def test_the_translation_of_a_live_note_waits_as_a_draft(editor):
    topic = TopicFactory(title_en="Old", title_hi="पुराना")
    typed(editor, topic, {key(topic, "title"): "नया"})
    assert Topic.objects.get(pk=topic.pk).title_hi == "पुराना"
    assert entry(editor.get(there(topic)), topic, "title").typed == "नया"


@pytest.mark.parametrize("sent", [{"title": "नया"}, {"title/right": "on"}], ids=["translated", "still right"])
def test_the_draft_of_a_live_note_knows_that_its_translation_is_current(editor, sent):
    topic = TopicFactory(title_en="Old", title_hi="पुराना")
    topic.title_en = "New"
    topic.save()
    typed(editor, topic, {key(topic, name): text for name, text in sent.items()})
    assert entry(editor.get(there(topic)), topic, "title").text.state == TranslationState.CURRENT


def test_what_was_refused_leaves_no_draft(editor):
    topic = TopicFactory()
    assert typed(editor, topic, {key(topic, "summary"): "काा"}).status_code == 422
    assert not Draft.objects.exists()


def test_the_screen_is_called_by_the_text_that_one_works_on(editor):
    topic = TopicFactory(title_en="Old", title_hi="पुराना")
    actions.keep(record=topic, snapshot=retitled(topic, title_en="New"), by=None)
    page = editor.get(there(topic)).content.decode()
    assert "<h2>New</h2>" in page
    assert "Old" not in page


def test_the_next_record_is_judged_by_its_draft(editor):
    first, second, third = (TopicFactory() for _ in range(3))
    Topic.objects.filter(pk=second.pk).update(outdated={"hi": {"title": "An older title"}})
    assert editor.get(there(first)).context["next_record"] == second
    typed(editor, second, {key(second, "title/right"): "on"})
    assert editor.get(there(first)).context["next_record"] is None
    actions.keep(record=third, snapshot=retitled(third, summary_hi=""), by=None)
    assert editor.get(there(first)).context["next_record"] == third


def test_a_citation_of_the_draft_without_a_translation_is_work_too(editor):
    first, second = TopicFactory(), TopicFactory()
    citation = CitationFactory(record=second)
    snapshot = retitled(second)
    snapshot["citations"][str(citation.pk)]["note_en"] = "Only in English."
    actions.keep(record=second, snapshot=snapshot, by=None)
    assert editor.get(there(first)).context["next_record"] == second


def retitled(record, **texts):
    snapshot, _conflicts = live.working_copy(record)
    snapshot["record"] |= texts
    return snapshot


# --- Checks -----------------------------------------------------------------------------------------------------------


def test_check_says_what_it_found_and_saves_nothing(editor, draft):
    response = typed(editor, draft, {key(draft, "summary"): "वे 1955 में आए ।"}, _check="Check")
    assert {each.code for each in entry(response, draft, "summary").findings} == {"number_added", "space_before_stop"}
    assert entry(response, draft, "summary").typed == "वे 1955 में आए ।"
    assert Topic.objects.get(pk=draft.pk).summary_hi == draft.summary_hi
    assert "_anyway" not in response.content.decode()


def test_english_left_in_a_hindi_title_is_a_question(editor, draft):
    response = typed(editor, draft, {key(draft, "title"): "An overview"})
    assert response.status_code == 422
    assert [each.code for each in entry(response, draft, "title").questions] == ["untranslated"]
    assert "“An overview” is word for word the source." in response.text


def test_a_text_with_findings_is_saved_at_the_second_click(editor, draft):
    data = form_of(editor.get(there(draft))) | {key(draft, "summary"): "वे आए ।"}
    first = editor.post(there(draft), data | {"_save": "Save"})
    assert first.status_code == 422
    assert entry(first, draft, "summary").typed == "वे आए ।"
    assert Topic.objects.get(pk=draft.pk).summary_hi == draft.summary_hi
    agreed = re.search(r'name="_anyway" value="(\w+)"', first.content.decode())[1]
    assert editor.post(there(draft), form_of(first) | {"_anyway": agreed}).status_code == 302
    assert Topic.objects.get(pk=draft.pk).summary_hi == "वे आए ।"


def test_a_finding_says_which_section_it_is_in(editor, draft):
    SectionFactory(topic=draft, anchor="two", heading_en="Two", heading_hi="दो")
    section = draft.sections.get(anchor="one")
    page = typed(editor, draft, {key(section, "body", "sections"): "वे आए ।"}).content.decode()
    assert re.search(r"<li><a href=[^>]+>Text \(Section: One\)</a>", page)


def test_save_all_the_same_does_not_agree_to_what_was_not_shown(editor, draft):
    first = typed(editor, draft, {key(draft, "summary"): "वे आए ।"})
    agreed = re.search(r'name="_anyway" value="(\w+)"', first.content.decode())[1]
    data = form_of(first) | {key(draft, "title"): "काा", "_anyway": agreed}
    assert editor.post(there(draft), data).status_code == 422
    assert Topic.objects.get(pk=draft.pk).title_hi == draft.title_hi


def test_an_old_finding_in_a_text_one_does_not_touch_is_no_hindrance(editor, draft):
    Topic.objects.filter(pk=draft.pk).update(summary_hi="वे आए ।")
    assert typed(editor, draft, {key(draft, "title"): "नया शीर्षक"}).status_code == 302


def test_what_the_model_refuses_is_said_at_its_text(editor, draft):
    response = typed(editor, draft, {key(draft, "title"): "ॅज्व्", key(draft, "author"): "क" * 300})
    assert response.status_code == 422
    assert entry(response, draft, "title").errors
    assert entry(response, draft, "author").errors
    assert "_anyway" not in response.content.decode()
    assert Topic.objects.get(pk=draft.pk).title_hi == draft.title_hi


def test_an_error_in_the_other_language_is_not_the_translators(editor, draft):
    Topic.objects.filter(pk=draft.pk).update(summary_en="word " * 80)
    assert typed(editor, draft, {key(draft, "title"): "नया शीर्षक"}).status_code == 302


def test_choices_have_as_many_lines_as_their_source(editor):
    question = QuestionFactory()
    response = typed(editor, question, {key(question, "choices"): "बांडुंग"})
    assert response.status_code == 422
    assert Topic.objects.count()
    question.refresh_from_db()
    assert question.choices_hi == "बांडुंग\nबेलग्रेड"


# --- Two at once ------------------------------------------------------------------------------------------------------


def test_a_text_that_somebody_else_changed_is_shown_and_not_overwritten(editor, draft):
    data = form_of(editor.get(there(draft))) | {key(draft, "title"): "मेरा शीर्षक"}
    Topic.objects.filter(pk=draft.pk).update(title_hi="उनका शीर्षक")
    response = editor.post(there(draft), data | {"_save": "Save"})
    assert response.status_code == 422
    assert Topic.objects.get(pk=draft.pk).title_hi == "उनका शीर्षक"
    page = response.content.decode()
    assert "<ins>उनका</ins> शीर्षक" in page
    assert 'value="मेरा शीर्षक"' in page
    assert editor.post(there(draft), form_of(response) | {"_save": "Save"}).status_code == 302
    assert Topic.objects.get(pk=draft.pk).title_hi == "मेरा शीर्षक"


def test_a_source_that_changed_meanwhile_is_looked_at_before_the_translation_is_kept(editor, draft):
    data = form_of(editor.get(there(draft))) | {key(draft, "title"): "मेरा शीर्षक"}
    Topic.objects.get(pk=draft.pk).__class__.objects.filter(pk=draft.pk).update(title_en="Another title")
    response = editor.post(there(draft), data | {"_save": "Save"})
    assert response.status_code == 422
    assert entry(response, draft, "title").source_moved
    assert "Another title" in response.content.decode()
    assert editor.post(there(draft), form_of(response) | {"_save": "Save"}).status_code == 302


def test_what_was_typed_for_a_section_that_is_gone_is_still_there(editor, draft):
    section = draft.sections.get()
    data = form_of(editor.get(there(draft))) | {key(section, "body", "sections"): "लम्बा काम।"}
    Section.objects.get(pk=section.pk).delete()
    response = editor.post(there(draft), data | {"_save": "Save"})
    assert response.status_code == 422
    assert "लम्बा काम।" in response.content.decode()


# --- Minor edits and ways of working ----------------------------------------------------------------------------------


def test_a_minor_edit_is_shown_and_undone_and_what_was_typed_stays(editor, superuser, draft):
    section = draft.sections.get()
    section.minor_edit, section.body_en = True, "Texts."
    section.save()
    [edit] = note_minor_edit(record=section, before={"heading_en": "One", "body_en": "Text."}, by=superuser)
    assert f'name="_undo" value="{edit.pk}"' in editor.get(there(draft)).content.decode()
    response = typed(editor, draft, {key(draft, "title"): "अधूरा"}, _undo=edit.pk)
    assert entry(response, draft, "title").typed == "अधूरा"
    assert entry(response, section, "body").text.state == TranslationState.OUTDATED
    assert MinorEdit.objects.standing().count() == 0


def test_one_layout_is_remembered_for_each_person(editor, draft, django_user_model):
    response = typed(editor, draft, {key(draft, "title"): "अधूरा"}, _layout="stacked")
    assert entry(response, draft, "title").typed == "अधूरा"
    assert 'class="translate-stacked"' in editor.get(there(draft)).content.decode()
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("bela", "", "a-long-password-2"))
    assert 'class="translate-side_by_side"' in other.get(there(draft)).content.decode()


@pytest.mark.parametrize(
    "sent", [{"_layout": "sideways"}, {"_undo": "x"}, {"_undo": "99"}, {"x/opened": "1"}, {"_anyway": "x"}]
)
def test_what_no_page_would_send_does_no_harm(editor, draft, sent):
    assert editor.post(there(draft), sent).status_code in {200, 302, 422}
    assert Topic.objects.get(pk=draft.pk).title_hi == draft.title_hi


# --- Rights -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def translator(django_user_model):
    """The browser of somebody who may look at notes and translate them into Hindi, and nothing else."""
    user = django_user_model.objects.create_user("tara", is_staff=True)
    codes = ["view_topic", "view_section", "view_citation", "translate_into_hi"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


def test_a_translator_writes_their_own_language_and_no_other(translator, draft):
    assert typed(translator, draft, {key(draft, "title"): "नया शीर्षक"}).status_code == 302
    assert Topic.objects.get(pk=draft.pk).title_hi == "नया शीर्षक"
    for method in (translator.get, translator.post):
        assert method(there(draft, "en")).status_code == 403


def test_a_record_that_one_may_not_see_is_not_there(translator, django_user_model):
    assert translator.get(there(OrganisationFactory())).status_code == 404


@pytest.mark.parametrize("language", ["fr", "x"])
def test_a_language_the_portal_does_not_have_is_not_there(editor, draft, language):
    assert editor.get(there(draft).replace("/hi/", f"/{language}/")).status_code == 404


def test_a_stranger_is_led_to_sign_in(draft):
    assert Client().get(there(draft)).url.startswith(reverse("admin:login"))


def test_who_may_only_look_may_not_translate(django_user_model, client):
    event = EventFactory()
    user = django_user_model.objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(user)
    assert client.get(there(event)).status_code == 403


def test_the_texts_of_a_record_are_those_of_its_declaration():
    topic = TopicFactory(sections=2)
    assert len(texts_in(groups_of(topic, "hi"))) == 4 + 2 * 2
