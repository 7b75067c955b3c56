"""Moderation, imports and exports leave an entry in the audit log."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.audit.models import Entry
from apps.comments.actions import decide, reply
from apps.comments.models import Comment
from tests.comments.factories import CommentFactory
from tests.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

COUNTS = {"kind": "sources.source", "new": 1, "changed": 1}
SHEET = b"slug,title_en\nold-source,A new title\nnew-source,Another\n"


def last():
    return Entry.objects.order_by("-pk").first()


def test_a_decision_about_a_comment(superuser):
    comment = CommentFactory(state=Comment.State.WAITING)
    decide(comments=Comment.objects.all(), state=Comment.State.SPAM, moderator=superuser)
    assert (last().verb, last().by, last().about, last().details) == (
        "comment_decided",
        superuser,
        comment,
        {"state": "spam"},
    )


def test_a_comment_that_was_decided_so_already_is_no_decision(superuser):
    CommentFactory(state=Comment.State.SPAM)
    decide(comments=Comment.objects.all(), state=Comment.State.SPAM, moderator=superuser)
    assert not Entry.objects.filter(verb="comment_decided").exists()


def test_a_reply_to_a_comment(superuser):
    comment = CommentFactory()
    reply(comment=comment, text="Thank you.", language="en", moderator=superuser)
    assert (last().verb, last().about) == ("comment_answered", comment)


def test_an_import_with_its_counts_and_a_preview_not(editor, superuser):
    SourceFactory(slug="old-source", title_en="A title")
    file = SimpleUploadedFile("sources.csv", SHEET)
    page = editor.post("/admin/sources/source/import/", {"import_file": file})
    assert not Entry.objects.filter(verb="imported").exists()
    editor.post(page.url, {"confirm": "1"})
    entry = Entry.objects.get(verb="imported")
    assert (entry.by, entry.details) == (superuser, {**COUNTS, "file": hashlib.sha256(SHEET).hexdigest()})


def test_an_export_with_its_count(editor, superuser):
    SourceFactory.create_batch(3)
    response = editor.post("/admin/sources/source/export/", {"format": "xlsx", "records": "listed"})
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert (last().verb, last().by) == ("exported", superuser)
    assert last().details == {"kind": "sources.source", "count": 3, "format": "xlsx"}


def test_an_export_of_comments(editor):
    CommentFactory()
    editor.post("/admin/comments/comment/export/", {"format": "csv", "records": "listed"})
    assert (last().verb, last().details["kind"]) == ("exported", "comments.comment")


def test_a_form_that_asks_for_a_format_is_no_export(editor):
    SourceFactory()
    editor.get("/admin/sources/source/export/")
    assert not Entry.objects.filter(verb="exported").exists()
