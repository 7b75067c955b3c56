"""The moderators' queue."""

import csv
import io
from datetime import timedelta
from itertools import zip_longest

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from apps.comments.actions import decide, reply
from apps.comments.models import Comment
from apps.spreadsheets.files.reading import read_sheets
from apps.spreadsheets.formats import KINDS
from tests.comments.factories import CommentFactory
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

QUEUE = "/admin/comments/comment/"
EMAIL = "asha@learner.example"


def change_address(comment):
    return f"{QUEUE}{comment.pk}/change/"


def save(browser, comment, **fields):
    typed = {"state": comment.state, "reply": "", "reply_language": comment.language, **fields}
    return browser.post(change_address(comment), typed, follow=True)


@pytest.fixture
def waiting(topic):
    return CommentFactory(topic=topic, state=Comment.State.WAITING, email=EMAIL, text="Was Bandung the beginning?")


# --- The list -------------------------------------------------------------------------------------------------------


def test_the_queue_shows_what_a_moderator_needs(moderator, topic):
    CommentFactory(
        topic=topic, state="waiting", language="hi", held_reasons=["honeypot", "links"], email=EMAIL,
        text="दक्षिण-दक्षिण " * 30, created_at=timezone.now() - timedelta(hours=3),
    )  # fmt: skip
    page = moderator.get(QUEUE).text
    for words in ["waiting", "The Movement", "Asha", "दक्षिण-दक्षिण", "…", "Hindi", "many links", "3\xa0hours"]:
        assert words in page
    assert EMAIL not in page


def test_what_waits_comes_first(moderator, topic):
    old = CommentFactory(topic=topic, state="waiting", text="Waits", created_at=timezone.now() - timedelta(days=9))
    CommentFactory(topic=topic, text="Decided")
    rows = moderator.get(QUEUE).context["cl"].result_list
    assert rows[0] == old


def test_the_queue_of_a_hundred_comments_takes_few_queries(moderator, django_assert_max_num_queries):
    for topic in TopicFactory.create_batch(5):
        for _number in range(20):
            CommentFactory(topic=topic, state="waiting")
    with django_assert_max_num_queries(10):
        moderator.get(QUEUE)


def test_the_queue_is_filtered_by_state_language_and_note(moderator, topic, waiting):
    CommentFactory(topic=TopicFactory(), language="hi")
    for query in [{"state__exact": "waiting"}, {"language__exact": "en"}, {"topic__id__exact": topic.pk}]:
        assert list(moderator.get(QUEUE, query).context["cl"].result_list) == [waiting]


def test_the_queue_is_searched_in_any_spelling(moderator, topic):
    found = CommentFactory(topic=topic, name="Nyéréré", text="हिन्दी में एक प्रश्न")
    CommentFactory(topic=topic)
    for query in ["nyerere", "हिंदी", "NYERERE हिन्दी"]:
        assert list(moderator.get(QUEUE, {"q": query}).context["cl"].result_list) == [found]
    assert moderator.get(QUEUE, {"q": "a" * 5000 + "%_'\""}).status_code == 200


@pytest.mark.parametrize("lookup", ["email__startswith", "email", "sender", "text_digest__startswith"])
def test_no_filter_in_the_address_tells_what_is_hidden(moderator, waiting, lookup):
    assert moderator.get(QUEUE, {lookup: "a"}).status_code == 400


# --- Rights ---------------------------------------------------------------------------------------------------------


def test_a_moderator_without_the_right_sees_no_e_mail_address(moderator, waiting):
    page = moderator.get(change_address(waiting))
    assert page.status_code == 200
    assert waiting.text in page.text
    assert EMAIL not in page.text


def test_a_moderator_with_the_right_sees_it(browser_with, waiting):
    browser = browser_with("view_comment", "change_comment", "view_email_comment")
    assert EMAIL in browser.get(change_address(waiting)).text


def test_who_may_only_look_decides_nothing(browser_with, waiting):
    browser = browser_with("view_comment")
    assert browser.get(change_address(waiting)).status_code == 200
    assert save(browser, waiting, state="approved").status_code == 403
    act(browser, "approve", waiting)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_without_any_right_the_queue_is_closed(browser_with, waiting):
    assert browser_with().get(QUEUE).status_code == 403


def test_nobody_writes_a_comment_from_the_admin(editor):
    assert editor.get(f"{QUEUE}add/").status_code == 403
    assert f"{QUEUE}add/" not in editor.get(QUEUE).text


def test_nobody_changes_a_readers_words(editor, waiting):
    save(
        editor,
        waiting,
        state="approved",
        text="Other words",
        name="Somebody",
        email="other@learner.example",
        language="hi",
    )
    waiting.refresh_from_db()
    assert (waiting.text, waiting.name, waiting.email) == ("Was Bandung the beginning?", "Asha", EMAIL)
    assert (waiting.language, waiting.state) == ("en", "approved")


# --- Decisions ------------------------------------------------------------------------------------------------------


def act(browser, action, *comments):
    chosen = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    return browser.post(QUEUE, chosen, follow=True)


@pytest.mark.parametrize(
    ("action", "state"), [("approve", "approved"), ("reject", "rejected"), ("mark_as_spam", "spam")]
)
def test_many_comments_are_decided_at_once(moderator, topic, action, state):
    comments = [CommentFactory(topic=topic, state="waiting") for _number in range(3)]
    page = act(moderator, action, *comments)
    assert f"3 comments are now: {state}." in page.text
    for comment in Comment.objects.all():
        assert (comment.state, comment.decided_by) == (state, moderator.user)
        assert comment.decided_at
    assert LogEntry.objects.count() == 3


def test_a_comment_is_decided_in_its_form(moderator, waiting):
    page = save(moderator, waiting, state="approved")
    assert page.status_code == 200
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("approved", moderator.user)


def test_a_decision_can_be_taken_back(moderator, topic):
    comment = CommentFactory(topic=topic)
    save(moderator, comment, state="waiting")
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at, comment.decided_by) == ("waiting", None, None)


def test_deciding_the_same_again_keeps_who_decided_first(topic, superuser):
    other = get_user_model().objects.create_user("other")
    comment = CommentFactory(topic=topic, state="waiting")
    comments = Comment.objects.all()
    assert decide(comments=comments, state="approved", moderator=superuser) == [comment]
    assert decide(comments=comments, state="approved", moderator=other) == []
    comment.refresh_from_db()
    assert comment.decided_by == superuser


# --- Replies --------------------------------------------------------------------------------------------------------


def test_a_reply_is_published_and_approves_a_comment_that_waits(moderator, waiting, reader):
    page = save(moderator, waiting, reply="It began earlier.\r\n\r\nSee the note.")
    assert "the comment is approved with it" in page.text
    waiting.refresh_from_db()
    answer = waiting.replies.get()
    assert waiting.state == "approved"
    assert (answer.state, answer.is_editorial, answer.language) == ("approved", True, "en")
    assert answer.text == "It began earlier.\n\nSee the note."
    page = reader.get("/en/topics/nam/").text
    assert "It began earlier." in page
    assert "meena" not in page


def test_a_moderators_reply_bears_their_name_never_their_user_name(moderator, topic):
    moderator.user.first_name, moderator.user.last_name = "Meena", "Rao"
    comment = CommentFactory(topic=topic)
    assert reply(comment=comment, text="Yes.", language="en", moderator=moderator.user).name == "Meena Rao"


def test_a_reply_to_a_reply_stands_beside_it(moderator, topic):
    first = CommentFactory(topic=topic)
    second = CommentFactory(topic=topic, parent=first)
    save(moderator, second, reply="Both of you are right.", reply_language="hi")
    assert Comment.objects.get(is_editorial=True).parent == first
    assert Comment.objects.get(is_editorial=True).language == "hi"


@pytest.mark.parametrize("state", ["rejected", "spam"])
def test_a_rejected_comment_is_not_answered(moderator, waiting, state):
    page = save(moderator, waiting, state=state, reply="No.")
    assert "only under an approved comment" in page.text
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    assert not waiting.replies.exists()


@pytest.mark.parametrize("text", ["x" * 5001, "NUL\x00", "..."])
def test_a_reply_that_can_not_be_kept_comes_back_with_a_sentence(moderator, waiting, text):
    page = save(moderator, waiting, reply=text)
    assert page.status_code == 200
    assert page.context["errors"]
    assert Comment.objects.count() == 1


# --- Export ---------------------------------------------------------------------------------------------------------


def exported(browser, kind="csv", **fields):
    return browser.post(f"{QUEUE}export/", {"format": kind, "records": "listed", **fields})


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def test_export_needs_its_own_right(moderator, waiting):
    assert moderator.get(f"{QUEUE}export/").status_code == 403
    assert exported(moderator).status_code == 403


def test_export_without_the_right_to_look_is_refused(browser_with, waiting):
    assert browser_with("export_comment").get(f"{QUEUE}export/").status_code == 403


@pytest.mark.parametrize("may_see", [False, True])
def test_the_e_mail_column_needs_a_right_too(browser_with, waiting, may_see):
    browser = browser_with("view_comment", "export_comment", *(["view_email_comment"] if may_see else []))
    assert browser.get(f"{QUEUE}export/").status_code == 200
    (row,) = rows_of(exported(browser))
    assert row["Text"] == "Was Bandung the beginning?"
    assert row.get("E-mail") == (EMAIL if may_see else None)


@pytest.mark.parametrize("text", ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_a_formula_in_a_comment_is_dead_in_every_sheet(browser_with, topic, text):
    CommentFactory(topic=topic, text=text, name=text)
    browser = browser_with("view_comment", "export_comment")
    (row,) = rows_of(exported(browser))
    assert row["Text"] == row["Name"] == f"'{text}"
    book = load_workbook(io.BytesIO(exported(browser, "xlsx").getvalue()))
    assert all(cell.data_type != "f" for cells in book.active.rows for cell in cells)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_comment_can_be_exported(browser_with, topic, kind):
    first = CommentFactory(topic=topic, held_reasons=["links"], text="दो\n\nअनुच्छेद")
    CommentFactory(topic=topic, parent=first, is_editorial=True, state="waiting")
    answer = exported(browser_with("view_comment", "export_comment"), kind)
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    (_title, rows) = next(read_sheets(kind, answer.getvalue()))
    headings, *found = [texts for _number, texts in rows]
    other, one = (dict(zip_longest(headings, texts)) for texts in found)
    assert (one["Study note"], one["Text"], one["Look twice"]) == (topic.slug, first.text, "many links")
    assert (other["In reply to"], other["By a moderator"], other["State"]) == (str(first.pk), "yes", "waiting")


def test_what_the_list_shows_is_exported_or_what_is_selected_in_it(browser_with, topic, django_assert_max_num_queries):
    browser = browser_with("view_comment", "export_comment")
    comments = [CommentFactory(topic=topic, state=state) for state in ["waiting", "approved", "approved"]]
    listed = browser.post(f"{QUEUE}export/?state__exact=approved", {"format": "csv", "records": "listed"})
    assert {row["State"] for row in rows_of(listed)} == {"approved"}
    answer = browser.post(QUEUE, {"action": "export_selected", "_selected_action": [comments[0].pk]})
    assert "The 1 selected record" in answer.text
    (row,) = rows_of(exported(browser, records="selected", export_items=str(comments[0].pk)))
    assert row["ID"] == str(comments[0].pk)
    assert exported(browser, records="selected", export_items="1;drop").status_code == 200
    assert "template" not in browser.get(f"{QUEUE}export/").text


def test_as_many_queries_for_many_comments_as_for_few(browser_with, topic, django_assert_max_num_queries):
    browser = browser_with("view_comment", "export_comment")
    CommentFactory(topic=topic)
    with django_assert_max_num_queries(20) as few:
        exported(browser)
    for _each in range(5):
        CommentFactory(topic=TopicFactory())
    with django_assert_max_num_queries(len(few)):
        assert len(rows_of(exported(browser))) == 6


def test_on_the_terminal_comments_go_out_without_addresses(waiting, tmp_path):
    call_command("export_sheet", "--model", "comments", str(tmp_path / "out.csv"))
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "Was Bandung the beginning?" in text
    assert EMAIL not in text


def test_nothing_is_imported(editor):
    assert editor.get(f"{QUEUE}import/").status_code in {302, 404}
