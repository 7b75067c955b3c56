"""A reader writes a comment, sends it and sees what becomes of it."""

import pytest

from apps.comments.limits import SENDER_LIMIT
from apps.comments.models import Comment
from tests.comments.conftest import TYPED
from tests.comments.factories import CommentFactory
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LANGUAGES = ["en", "hi"]
NEW = "/en/topics/nam/comments/new/"


@pytest.fixture
def came_back(topic):
    """Asserts that the form came back with ``status`` and with everything typed; gives the page's text."""

    def check(response, status=422, **typed):
        assert response.status_code == status
        page = response.content.decode()
        for value in {**TYPED, **typed}.values():
            assert value.strip().replace("\r", "") in page
        assert 'class="error-summary"' in page
        assert "Error: " in page
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        return page

    return check


# --- The form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_never_stored_never_indexed_and_sets_no_cookie(reader, topic, language):
    page = reader.get(f"/{language}/topics/nam/comments/new/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.text


def test_the_honeypot_is_hidden_by_a_class_and_says_to_leave_it_empty(reader, topic):
    page = reader.get(NEW).text
    assert "Leave this empty" in page
    assert "style=" not in page


def test_no_field_cuts_what_is_pasted(reader, topic):
    assert "maxlength" not in reader.get(NEW).text


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_nobody_comments_on_a_note_that_is_not_public(reader, token_on, topic, state):
    token, comment = token_on(topic), CommentFactory(topic=topic)
    topic.state = state
    topic.save()
    assert reader.get(NEW).status_code == 404
    assert reader.post(NEW, {**TYPED, "token": token}).status_code == 404
    assert comment.topic.comments.count() == 1


def test_the_receipt_of_a_note_that_was_withdrawn_is_not_found(reader, send, topic):
    receipt = send(topic).headers["Location"]
    topic.state = "withdrawn"
    topic.save()
    assert reader.get(receipt).status_code == 404


def test_an_unknown_note_is_not_found(reader, db):
    assert reader.get("/en/topics/nothing/comments/new/").status_code == 404


# --- Sending --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_waits_for_a_moderator_and_its_sender_gets_a_receipt(reader, send, topic, language):
    response = send(topic, language)
    assert response.status_code == 303
    comment = Comment.objects.get()
    assert (comment.topic, comment.state, comment.language) == (topic, "waiting", language)
    assert (comment.name, comment.email, comment.text) == (TYPED["name"], TYPED["email"], TYPED["text"])
    assert comment.held_reasons == []
    receipt = reader.get(response.headers["Location"])
    assert receipt.status_code == 200
    assert TYPED["text"] in receipt.text
    assert TYPED["email"] not in receipt.text
    assert receipt.headers["Cache-Control"] == "no-store"
    assert receipt.headers["X-Robots-Tag"] == "noindex"
    assert not receipt.cookies
    assert not response.cookies
    assert TYPED["text"] not in reader.get("/en/topics/nam/").text


def test_a_post_needs_no_cookie_and_no_csrf_token(topic, token_on, clock):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    token = token_on(topic)
    clock.shift(10)
    assert strict.post(NEW, {**TYPED, "token": token}).status_code == 303


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("waiting", "waits for a moderator"),
        ("approved", "It is published."),
        ("rejected", "It was not published"),
        ("spam", "It was not published"),
    ],
)
def test_the_receipt_says_what_has_become_of_the_comment(reader, send, topic, state, sentence):
    receipt = send(topic).headers["Location"]
    comment = Comment.objects.get()
    comment.state, comment.decided_at = state, None if state == "waiting" else comment.created_at
    comment.save()
    page = reader.get(receipt).text
    assert sentence in page
    assert "Keep the address of this page" in page
    assert (f"/en/topics/nam/#comment-{comment.pk}" in page) == (state == "approved")


def test_a_receipt_that_was_never_given_or_belongs_to_another_note_is_not_found(reader, send, topic):
    receipt = send(topic).headers["Location"]
    TopicFactory(slug="other")
    assert reader.get(receipt.replace("/nam/", "/other/")).status_code == 404
    assert reader.get(receipt[:-3] + "x/").status_code == 404
    assert reader.get("/en/topics/nam/comments/receipt/1/").status_code == 404
    assert reader.get(f"/en/topics/nam/comments/receipt/{'9' * 30}.x/").status_code == 404
    Comment.objects.all().delete()
    assert reader.get(receipt).status_code == 404


def test_an_address_is_kept_only_as_a_hash_that_another_day_does_not_repeat(send, topic, clock):
    send(topic, address="192.0.2.77", text="Today.")
    clock.shift(24 * 3600)
    send(topic, address="192.0.2.77", text="Tomorrow.")
    first, second = Comment.objects.order_by("pk")
    assert len(first.sender) == 64
    assert first.sender != second.sender
    assert "192.0.2.77" not in repr(list(Comment.objects.values()))


# --- Replies --------------------------------------------------------------------------------------------------------


def test_a_reply_belongs_to_the_comment_it_answers(reader, send, topic):
    comment = CommentFactory(topic=topic, text="What was answered")
    page = reader.get(NEW, {"reply": comment.pk}).text
    assert "What was answered" in page
    assert f'name="reply" value="{comment.pk}"' in page
    assert send(topic, reply=comment.pk).status_code == 303
    assert Comment.objects.latest("pk").parent == comment


def test_a_reply_to_a_reply_attaches_to_its_parent(send, topic):
    comment = CommentFactory(topic=topic)
    reply = CommentFactory(topic=topic, parent=comment)
    send(topic, reply=reply.pk)
    assert Comment.objects.latest("pk").parent == comment


@pytest.mark.parametrize("number", ["9" * 30, "0", "-1", "abc", "१", "", "1 OR 1=1"])
def test_the_form_for_a_reply_to_nothing_is_not_found(reader, topic, number):
    assert reader.get(NEW, {"reply": number}).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "9" * 19, "0", "abc", "-1", "१२", "\x00", "1\x00", "1e3"])
def test_a_reply_to_nothing_comes_back_as_a_comment_of_its_own(send, topic, came_back, number):
    page = came_back(send(topic, reply=number))
    assert "is not there any more" in page
    assert 'name="reply"' not in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "rejected", "spam"])
def test_only_a_public_comment_of_the_same_note_can_be_answered(reader, send, topic, came_back, state):
    hidden = CommentFactory(topic=topic, state=state, text="Held back from view")
    elsewhere = CommentFactory(topic=TopicFactory())
    for comment in [hidden, elsewhere]:
        assert reader.get(NEW, {"reply": comment.pk}).status_code == 404
        assert "Held back" not in came_back(send(topic, reply=comment.pk))


# --- Traps and limits -----------------------------------------------------------------------------------------------


def test_a_filled_honeypot_holds_the_comment_but_loses_nothing(send, topic):
    assert send(topic, subject="Cheap watches").status_code == 303
    comment = Comment.objects.get()
    assert (comment.state, comment.held_reasons) == ("waiting", ["honeypot"])


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("See https://un.org and www.un.org.", []),
        ("See https://a.example http://b.example WWW.c.example", ["links"]),
    ],
)
def test_more_than_two_links_hold_the_comment(send, topic, text, reasons):
    assert send(topic, text=text).status_code == 303
    assert Comment.objects.get().held_reasons == reasons


def test_a_form_sent_faster_than_people_write_comes_back_and_can_be_sent_again(reader, send, topic, came_back, clock):
    page = came_back(send(topic, seconds=1))
    assert "That was very quick." in page
    assert not Comment.objects.exists()
    token = page.split('name="token" value="')[1].split('"')[0]
    clock.shift(3)
    assert reader.post(NEW, {**TYPED, "token": token}).status_code == 303


def test_a_form_open_for_more_than_a_day_comes_back_with_a_fresh_token(reader, send, topic, came_back, clock):
    page = came_back(send(topic, seconds=24 * 3600 + 1))
    assert "open for more than a day" in page
    token = page.split('name="token" value="')[1].split('"')[0]
    clock.shift(10)
    assert reader.post(NEW, {**TYPED, "token": token}).status_code == 303


@pytest.mark.parametrize("token", ["forged", "a:b:c", "\x00", "::", "ळ", "x" * 100_000, "�"])
def test_a_forged_token_comes_back_with_a_fresh_one(send, topic, came_back, token):
    page = came_back(send(topic, token=token))
    assert "did not come from this note’s page" in page
    assert not Comment.objects.exists()


def test_a_token_is_good_for_its_own_note_only(send, token_on, topic, came_back):
    token = token_on(TopicFactory())
    assert "did not come from this note’s page" in came_back(send(topic, token=token))


def test_a_form_without_any_field_comes_back(reader, topic):
    page = reader.post(NEW, {})
    assert page.status_code == 422
    assert "did not come from" in page.text


def test_one_sender_is_limited_and_told_when_to_try_again(send, topic, came_back, clock):
    for number in range(SENDER_LIMIT):
        assert send(topic, seconds=60, text=f"Comment {number}.").status_code == 303
    refused = send(topic, seconds=60)
    assert "You can send this one in 40 minutes." in came_back(refused, status=429)
    assert refused.headers["Retry-After"] == str(40 * 60)
    assert send(topic, address="192.0.2.2", text="From elsewhere.").status_code == 303
    clock.shift(40 * 60)
    assert send(topic).status_code == 303


def test_the_limit_holds_over_midnight(send, topic, clock):
    clock.shift(11.5 * 3600)
    for number in range(SENDER_LIMIT):
        send(topic, text=f"Comment {number}.")
    clock.shift(35 * 60)
    assert send(topic).status_code == 429


def test_addresses_of_one_ipv6_network_are_one_sender(send, topic):
    for number in range(SENDER_LIMIT):
        send(topic, address=f"2001:db8:1:2::{number + 1}", text=f"Comment {number}.")
    assert send(topic, address="2001:db8:1:2:ffff::1").status_code == 429
    assert send(topic, address="2001:db8:1:3::1").status_code == 303


def test_a_sender_without_an_address_can_still_write(send, topic):
    assert send(topic, address="").status_code == 303


def test_the_same_words_within_a_day_are_not_kept_twice(send, topic, came_back, clock):
    send(topic)
    again = {"text": "  was BANDUNG the\u200d beginning? "}
    page = came_back(send(topic, address="192.0.2.2", **again), text="was BANDUNG")
    assert "already here and wait for a moderator" in page
    Comment.objects.update(state="rejected", decided_at=Comment.objects.get().created_at)
    assert "a moderator has decided" in came_back(send(topic, address="192.0.2.2"))
    assert Comment.objects.count() == 1
    clock.shift(24 * 3600)
    assert send(topic).status_code == 303


def test_a_moderators_words_may_be_repeated_by_a_reader(send, topic):
    CommentFactory(topic=topic, text="Thank you.", is_editorial=True)
    assert send(topic, text="Thank you.").status_code == 303
