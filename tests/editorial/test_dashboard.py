"""The desk's first page: what waits and how far the translations are; each number leads to the list that shows it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from apps.accounts.labels import translators_group
from apps.content.models import State
from apps.editorial.roles import give_all_rights
from apps.languages.fields import column
from apps.publishing import actions, reviewing, snapshots
from apps.topics.models import Topic
from tests.comments.factories import CommentFactory
from tests.editorial.families import CONTENT_MODELS, DESK_MODELS, address, label, make
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
FIGURE = re.compile(r'<div class="figure"[^>]*><dt>(.*?)</dt>\s*<dd>(.*?)</dd>', re.DOTALL)
LINE = re.compile(r'<a href="([^"]+)"><strong>(\d+)</strong>')
# A number of texts, and how many records hold them.
CELL = re.compile(r'<a href="([^"]+)">(\d+) <span class="visually-hidden">in (\d+) record')


@pytest.fixture
def first_page(editor):
    def _page(client=editor, **headers):
        response = client.get(reverse("admin:index"), **headers)
        assert response.status_code == 200
        return response.content.decode()

    return _page


def figures(page):
    """``{"Waiting for review": [("/admin/…", 1), …], …}``: what the page says."""
    return {
        unescape(title): [(unescape(path), int(count)) for path, count in LINE.findall(lines)]
        for title, lines in FIGURE.findall(page)
    }


def listed(client, path):
    """The records that the list at ``path`` shows."""
    response = client.get(path)
    assert response.status_code == 200
    return {row.pk for row in response.context["cl"].result_list}


def leads_to(client, page, title, *records):
    """Whether the figure's numbers are those of ``records``, and its links lead to just these."""
    lines = figures(page)[title]
    for path, count in lines:
        assert len(listed(client, path)) == count
    return {pk for path, _count in lines for pk in listed(client, path)} == {record.pk for record in records}


def keep_a_draft(record, by):
    snapshot = snapshots.take(record)
    snapshot["record"][column(record.label_field, "en")] = "Another name"
    return actions.keep(record=record, snapshot=snapshot, by=by, comment="")


def outdate(record):
    name = column(record.label_field, "en")
    setattr(record, name, f"{getattr(record, name)} as of today")
    record.save()
    return record


# --- What waits -------------------------------------------------------------------------------------------------------


def test_a_desk_where_nothing_waits_says_so_once(first_page):
    EventFactory()
    page = first_page()
    assert "Nothing waits." in page
    assert not figures(page)


def test_records_and_drafts_in_review_wait_with_the_age_of_the_oldest(editor, superuser, first_page):
    event, note = EventFactory(state=State.DRAFT), TopicFactory()
    EventFactory()
    review = reviewing.ask_for_review(record=event, by=superuser)
    review.asked_at = timezone.now() - timedelta(days=4, hours=1)
    review.save()
    keep_a_draft(note, superuser)
    reviewing.ask_for_review(record=note, by=superuser)
    page = first_page()
    assert leads_to(editor, page, "Waiting for review", event, note)
    assert "The oldest has waited for 4\xa0days." in page


def test_a_review_of_a_deleted_record_waits_no_longer(superuser, first_page):
    event = EventFactory(state=State.DRAFT)
    reviewing.ask_for_review(record=event, by=superuser)
    event.delete()
    assert "Waiting for review" not in figures(first_page())


def test_published_records_with_a_draft(editor, superuser, first_page):
    TopicFactory()
    note = TopicFactory()
    keep_a_draft(note, superuser)
    assert leads_to(editor, first_page(), "Published, with a draft", note)


def test_ones_own_drafts_are_those_one_changed_or_made(editor, superuser, first_page, django_user_model):
    other = django_user_model.objects.create_user("ravi")
    mine, made = TopicFactory(), EventFactory(state=State.DRAFT, created_by=superuser)
    keep_a_draft(mine, superuser)
    keep_a_draft(TopicFactory(), other)
    EventFactory(state=State.DRAFT, created_by=other)
    assert leads_to(editor, first_page(), "Your drafts", mine, made)


def test_what_is_planned_to_appear_or_to_be_withdrawn(editor, superuser, first_page):
    soon, past = timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)
    appears, ends, draft = EventFactory(publish_at=soon), GlossaryTermFactory(withdraw_at=soon), TopicFactory()
    keep_a_draft(draft, superuser)
    actions.publish(record=draft, by=superuser, at=soon)
    EventFactory(publish_at=past)
    EventFactory(publish_at=soon, state=State.DRAFT)
    assert leads_to(editor, first_page(), "Planned for later", appears, ends, draft)


@pytest.mark.parametrize("model", [model for model in DESK_MODELS if model._meta.model_name != "section"], ids=label)
def test_outdated_translations_of_every_kind(editor, first_page, model):
    make(model)
    outdated = outdate(make(model))
    assert leads_to(editor, first_page(), "Outdated in Hindi", outdated)


def test_a_note_is_outdated_with_its_section(editor, first_page):
    section = SectionFactory()
    outdate(section)
    assert leads_to(editor, first_page(), "Outdated in Hindi", section.topic)


def test_a_record_with_a_draft_is_outdated_as_its_draft_is(editor, superuser, first_page):
    note, other = TopicFactory(sections=1), TopicFactory(sections=1)
    outdate(other.sections.get())
    snapshot = snapshots.take(note)
    snapshot["sections"][str(note.sections.get().pk)]["outdated"] = {"hi": {"body": "An older text"}}
    actions.keep(record=note, snapshot=snapshot, by=superuser)
    assert leads_to(editor, first_page(), "Outdated in Hindi", note, other)


def test_a_translation_finished_in_the_draft_leaves_the_list_at_once(editor, superuser, first_page):
    note = outdate(TopicFactory())
    assert leads_to(editor, first_page(), "Outdated in Hindi", note)
    snapshot = snapshots.take(note)
    snapshot["record"]["outdated"] = {}
    actions.keep(record=note, snapshot=snapshot, by=superuser)
    assert "Outdated in Hindi" not in figures(first_page())
    assert listed(editor, f"{address(Topic, 'changelist')}?translation=hi-outdated") == set()


def test_a_text_that_a_draft_adds_or_fills_in_is_missing_as_in_the_draft(editor, superuser):
    added, filled = TopicFactory(), TopicFactory(summary_hi="")
    for note, text in ((added, ""), (filled, "सार")):
        snapshot = snapshots.take(note)
        snapshot["record"]["summary_hi"] = text
        actions.keep(record=note, snapshot=snapshot, by=superuser)
    assert listed(editor, f"{address(Topic, 'changelist')}?translation=hi-missing") == {added.pk}


def test_comments_that_wait_with_the_age_of_the_oldest(editor, first_page):
    CommentFactory(state="waiting", created_at=timezone.now() - timedelta(days=3, hours=1))
    CommentFactory(state="approved", decided_at=timezone.now())
    page = first_page()
    ((path, count),) = figures(page)["Comments waiting"]
    assert len(listed(editor, path)) == count == 1
    assert "The oldest has waited for 3\xa0days." in page


def test_a_disagreement_waits_until_a_citation_explains_it(editor, first_page):
    unexplained, explained, agreed = EventFactory(), EventFactory(), EventFactory()
    for record, values, note in [
        (unexplained, ("1987", "1997"), ""),
        (explained, ("1987", "1997"), "एक टिप्पणी"),
        (agreed, ("1987", "1987"), ""),
    ]:
        for value in values:
            CitationFactory(record=record, fact="date", value_en=value, value_hi=value, note_hi=note)
    CitationFactory(record=unexplained, note_en="About something else.")
    assert leads_to(editor, first_page(), "Sources differ, without a note", unexplained)


def test_internal_links_that_lead_nowhere_or_to_what_readers_do_not_see(editor, first_page):
    EventFactory(slug="seen")
    EventFactory(slug="unseen", state=State.WITHDRAWN)
    SectionFactory(body_en="[a](event:seen), [b](https://example.org/), [c](mailto:a@example.org)")
    nowhere = SectionFactory(body_hi="[क](event:never-was)").topic
    hidden = OrganisationFactory(description_en="[a](event:seen) and [b](event:unseen)")
    assert leads_to(editor, first_page(), "Internal links that lead nowhere", nowhere, hidden)


# --- How far the translations are -------------------------------------------------------------------------------------


def cells(page):
    """``{"/admin/…?translation=hi-missing": (texts, records), …}``"""
    return {unescape(path): (int(texts), int(records)) for path, texts, records in CELL.findall(page)}


def test_the_numbers_count_texts_and_lead_to_the_records_that_hold_them(editor, first_page):
    # A term has a word and what it means: two texts.
    GlossaryTermFactory()
    half = GlossaryTermFactory(definition_hi="")
    stale = outdate(GlossaryTermFactory())
    there, found = address(half.__class__, "changelist"), cells(first_page())
    wanted = {"hi-current": (4, 3), "hi-outdated": (1, 1), "hi-missing": (1, 1), "en-current": (6, 3)}
    assert {f"{there}?translation={value}": numbers for value, numbers in wanted.items()} == found
    for path, (_texts, records) in found.items():
        assert len(listed(editor, path)) == records
    assert listed(editor, f"{there}?translation=hi-missing") == {half.pk}
    assert listed(editor, f"{there}?translation=hi-outdated") == {stale.pk}


def test_the_texts_of_a_notes_sections_count_with_the_note(first_page):
    note = TopicFactory(sections=2)
    SectionFactory(topic=note, body_hi="", heading_hi="")
    found = cells(first_page())
    assert found[f"{address(Topic, 'changelist')}?translation=hi-missing"] == (2, 1)
    # Title, summary, key points and author line; two texts in each section.
    assert found[f"{address(Topic, 'changelist')}?translation=hi-current"] == (8, 1)


def test_an_original_in_hindi_lacks_its_english(first_page):
    TopicFactory(source_language="hi", title_en="", summary_en="", key_points_en="", author_en="")
    assert cells(first_page())[f"{address(Topic, 'changelist')}?translation=en-missing"] == (4, 1)


def test_the_picture_shows_what_the_numbers_say(first_page):
    GlossaryTermFactory(definition_hi="")
    page = first_page()
    assert "Hindi: 50% up to date" in page
    assert re.search(r'<rect class="bar-missing" x="50.000%" width="50.000%"', page)
    assert "style=" not in page


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_list_says_how_many_texts_are_outdated(editor, language):
    TopicFactory(title_en="Fresh")
    outdate(SectionFactory())
    page = editor.get(address(Topic, "changelist"), headers={"accept-language": language}).content.decode()
    assert page.count('<span class="outdated">') == 1
    if language == "en":
        assert '<span class="outdated">1 outdated</span>' in page


def test_a_count_in_a_list_leads_to_the_screen_of_its_language(editor, sign_in_with):
    note, there = TopicFactory(summary_hi=""), address(Topic, "changelist")
    page = editor.get(there).content.decode()
    words = '<span class="visually-hidden">Translate into Hindi</span>'
    count = '<span class="incomplete">3/4</span>'
    assert f'<a href="{address(note, "translate", "hi")}">{count} {words}</a>' in page
    assert address(note, "translate", "en") not in page  # it is written in English
    page = sign_in_with("topics.view_topic").get(there).content.decode()
    assert count in page
    assert address(note, "translate", "hi") not in page


# --- Who sees it ------------------------------------------------------------------------------------------------------


@pytest.fixture
def sign_in_with(client, django_user_model):
    """``sign_in_with("topics.view_topic")``: the browser of somebody at the desk with these rights and no others."""

    def _client(*codes):
        user = django_user_model.objects.create_user("meera", is_staff=True)
        for code in codes:
            app, name = code.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=name))
        client.force_login(user)
        return client

    return _client


def something_of_everything(by):
    outdate(TopicFactory(title_hi="शीर्षक"))
    event = EventFactory(state=State.DRAFT)
    reviewing.ask_for_review(record=event, by=by)
    CommentFactory(state="waiting")
    OrganisationFactory(description_en="[a](event:never-was)", withdraw_at=timezone.now() + timedelta(days=2))
    for value in ("1987", "1997"):
        CitationFactory(record=event, fact="date", value_en=value)
    keep_a_draft(GlossaryTermFactory(), by)
    QuestionFactory(question_hi="")


def test_everybody_is_told_only_about_what_they_may_see(superuser, first_page, sign_in_with):
    something_of_everything(superuser)
    page = first_page(sign_in_with("topics.view_topic"))
    assert {path for lines in figures(page).values() for path, _count in lines} == {
        f"{address(Topic, 'changelist')}?translation=hi-outdated"
    }
    assert {path.partition("?")[0] for path in cells(page)} == {address(Topic, "changelist")}


def test_a_moderator_of_comments_is_told_about_comments(superuser, first_page, sign_in_with):
    something_of_everything(superuser)
    assert list(figures(first_page(sign_in_with("comments.view_comment")))) == ["Comments waiting"]


def test_somebody_without_rights_is_told_so(superuser, first_page, sign_in_with):
    something_of_everything(superuser)
    page = first_page(sign_in_with())
    assert "You don’t have permission to view or edit anything." in page
    assert not figures(page)
    assert not cells(page)


# --- The whole page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["superuser", "translator"])
def test_the_page_takes_at_most_fifteen_queries(
    superuser, editor, client, first_page, django_user_model, django_assert_max_num_queries, role
):
    for _number in range(5):
        something_of_everything(superuser)
    if role == "translator":
        give_all_rights()
        person = django_user_model.objects.create_user("meera", is_staff=True)
        person.groups.set(person.groups.model.objects.filter(name=translators_group("hi")))
        client.force_login(person)
    ContentType.objects.clear_cache()
    with django_assert_max_num_queries(15):
        page = first_page(editor if role == "superuser" else client)
    assert len(figures(page)) >= 5


def test_an_empty_portal_has_a_first_page(first_page, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page = first_page()
    assert "Nothing waits." in page
    assert not cells(page)


def test_the_page_of_one_app_stays_a_list(editor):
    page = editor.get(reverse("admin:app_list", args=["topics"])).content.decode()
    assert "What waits" not in page


def test_every_list_that_one_may_open_is_beneath(first_page):
    page = first_page()
    for model in DESK_MODELS:
        assert f'<a href="{address(model, "changelist")}">' in page


# --- The filters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", CONTENT_MODELS, ids=label)
def test_a_list_is_narrowed_by_where_its_records_stand(editor, superuser, model):
    records = {state: make(model, state=state) for state in State}
    drafted, reviewed = make(model), make(model)
    for record in (drafted, reviewed):
        keep_a_draft(record, superuser)
    reviewing.ask_for_review(record=reviewed, by=superuser)
    expected = {
        "draft": [records[State.DRAFT]],
        "in_review": [records[State.IN_REVIEW], reviewed],
        "published": [records[State.PUBLISHED], drafted, reviewed],
        "with_draft": [drafted],
        "withdrawn": [records[State.WITHDRAWN]],
    }
    for value, wanted in expected.items():
        found = listed(editor, f"{address(model, 'changelist')}?standing={value}")
        assert found == {record.pk for record in wanted}, value


def test_a_narrowed_list_stays_within_ten_queries(editor, superuser, django_assert_max_num_queries):
    note = SectionFactory(body_en="[a](event:never-was)").topic
    for value in ("1987", "1997"):
        CitationFactory(record=note, fact="date", value_en=value)
    keep_a_draft(outdate(note), superuser)
    query = "translation=hi-outdated&standing=with_draft&links=broken&differ=unexplained&mine=drafts"
    ContentType.objects.get_for_model(Topic)
    with django_assert_max_num_queries(10):
        assert listed(editor, f"{address(Topic, 'changelist')}?{query}") == {note.pk}
