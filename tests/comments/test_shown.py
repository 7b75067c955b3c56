"""What the note's page shows of its comments."""

import pytest
from django.contrib.auth import get_user_model
from django.template import Context, Template
from django.utils.translation import override

from apps.comments import threads
from apps.comments.models import Comment
from tests.comments.factories import CommentFactory
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LANGUAGES = ["en", "hi"]


def shown(topic, language="en"):
    with override(language):
        return Template("{% load comments %}{% comments topic %}").render(Context({"topic": topic}))


def test_only_approved_comments_of_this_note_are_shown(topic):
    for state in Comment.State:
        CommentFactory(topic=topic, text=f"This one is {state.value}", state=state)
    CommentFactory(topic=TopicFactory(), text="On another note")
    page = shown(topic)
    assert "This one is approved" in page
    assert page.count("This one is") == 1
    assert "On another note" not in page


@pytest.mark.parametrize("count", [0, 1, 30])
def test_one_query_whatever_the_number_of_comments(topic, count, django_assert_num_queries):
    for _number in range(count):
        CommentFactory(topic=topic, parent=CommentFactory(topic=topic))
    with django_assert_num_queries(1):
        shown(topic)


def test_replies_stand_under_their_comment_oldest_first(topic):
    first, second = CommentFactory(topic=topic, text="First."), CommentFactory(topic=topic, text="Second.")
    CommentFactory(topic=topic, parent=first, text="Reply to the first.")
    CommentFactory(topic=topic, parent=first, text="Another reply.")
    page = shown(topic)
    order = [page.index(text) for text in ["First.", "Reply to the first.", "Another reply.", "Second."]]
    assert order == sorted(order)
    assert f'id="comment-{second.pk}"' in page


def test_a_reply_stays_when_the_comment_it_answers_is_taken_back(topic):
    first = CommentFactory(topic=topic, text="Taken back", state=Comment.State.REJECTED)
    CommentFactory(topic=topic, parent=first, text="The reply stays")
    page = shown(topic)
    assert "Taken back" not in page
    assert "It is not public any more." in page
    assert "The reply stays" in page


def test_a_reply_stays_when_the_comment_it_answers_is_deleted(topic):
    first = CommentFactory(topic=topic)
    reply = CommentFactory(topic=topic, parent=first)
    first.delete()
    assert list(topic.comments.all()) == [reply]


def test_a_page_shows_the_newest_and_says_so(topic, monkeypatch):
    monkeypatch.setattr(threads, "SHOWN", 2)
    oldest = CommentFactory(topic=topic, text="The oldest")
    CommentFactory(topic=topic, text="In the middle")
    CommentFactory(topic=topic, parent=oldest, text="The newest")
    page = shown(topic)
    assert "Only the newest comments are shown." in page
    assert "The oldest" in page  # its reply needs it
    CommentFactory(topic=topic, text="One more")
    page = shown(topic)
    assert "In the middle" not in page
    assert page.count("<article") == 3


def test_each_comment_has_its_language_its_anchor_and_a_localised_date(topic, clock):
    comment = CommentFactory(topic=topic, language="hi", text="अच्छा प्रश्न है।", created_at="1987-10-02T10:00:00+05:30")
    page = shown(topic)
    assert f'id="comment-{comment.pk}"' in page
    assert 'lang="hi"' in page
    assert '<time datetime="1987-10-02T10:00:00+05:30">2 October 1987</time>' in page
    assert ">2 अक्तूबर 1987</time>" in shown(topic, "hi") or ">2 अक्टूबर 1987</time>" in shown(topic, "hi")


def test_a_moderators_reply_is_marked_in_words(topic):
    CommentFactory(topic=topic, name="Meena Rao", is_editorial=True)
    CommentFactory(topic=topic, name="Asha")
    page = shown(topic)
    assert page.count("Moderator") == 1


def test_a_moderator_without_a_public_name_is_called_moderator(topic):
    CommentFactory(topic=topic, name="", is_editorial=True)
    assert shown(topic).count(">Moderator<") == 1


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "[x](javascript:alert(1))", "<b>bold</b>"],
)
def test_markup_in_a_comment_is_shown_as_it_was_typed(topic, text):
    CommentFactory(topic=topic, name=text[:80], text=text)
    page = shown(topic)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert 'href="javascript' not in page
    assert page.count(text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")[:20]) >= 1


def test_an_empty_line_makes_a_paragraph_and_a_line_break_stays(topic):
    html = CommentFactory(topic=topic, text="One\ntwo\n\nthree").html
    assert html.replace("\n", "") == "<p>One<br>two</p><p>three</p>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_note_sets_no_cookie_and_is_the_same_for_everyone(reader, topic, language):
    CommentFactory(topic=topic)
    pages = [reader.get(topic_path(topic, language)) for _visit in range(2)]
    assert pages[0].status_code == 200
    assert not pages[0].cookies
    assert pages[0].content == pages[1].content
    assert f"/{language}/topics/nam/comments/new/" in pages[0].text
    assert "csrf" not in pages[0].text


def test_the_address_of_a_comment_is_its_place_on_the_page_in_its_own_language(topic):
    comment = CommentFactory(topic=topic, language="hi")
    assert comment.get_absolute_url() == f"/hi/topics/nam/#comment-{comment.pk}"


def test_only_a_first_level_comment_of_the_same_note_can_be_a_parent(topic):
    reply = CommentFactory(topic=topic, parent=CommentFactory(topic=topic))
    with pytest.raises(Exception, match="first-level"):
        CommentFactory(topic=topic, parent=reply)
    with pytest.raises(Exception, match="first-level"):
        CommentFactory(topic=topic, parent=CommentFactory(topic=TopicFactory()))


def test_the_page_never_reads_e_mail_addresses(topic):
    CommentFactory(topic=topic, email="asha@learner.example")
    (thread,), _older = threads.threads(topic)
    assert "email" in thread.comment.get_deferred_fields()
    assert "learner.example" not in shown(topic)


def test_no_comment_is_a_user():
    assert not hasattr(get_user_model(), "comments")


def topic_path(topic, language):
    return f"/{language}/topics/{topic.slug}/"
