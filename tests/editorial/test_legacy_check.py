"""Text from an old Hindi font is pointed out as it comes in."""

import pytest

from apps.content.models import State
from apps.languages.legacy import Certainty, find_damage
from apps.topics.models import Topic
from tests.editorial.families import address, form_data
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def a_doubtful_text():
    """A text with damage that is not certain, whatever the check takes for it."""
    for text in ("ग्ग्.77 की बैठक", "क्.8 देश", "vkSj", "हुइ्र बैठक", "1996.97 में", "अौर देश", "स्थिति र्की"):
        runs = find_damage(text)
        if runs and all(run.certainty < Certainty.CERTAIN for run in runs):
            return text
    raise AssertionError("no doubtful text left: choose another")


def test_a_pasted_text_is_answered_with_what_it_probably_reads(editor):
    there = address(Topic, "check_text")
    (sentence,) = editor.post(there, {"text": "कहा कि ॅज्व् को"}).json()["sentences"]
    assert "“WTO”" in sentence
    assert "character 8" in sentence
    assert editor.post(there, {"text": "कहा कि विश्व व्यापार संगठन को"}).json() == {"sentences": []}


def test_who_may_not_see_a_kind_of_record_gets_no_answer(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.post(address(Topic, "check_text"), {"text": "x"}).status_code == 403


def test_a_doubtful_text_is_saved_and_said(editor):
    note, text = TopicFactory(state=State.DRAFT), a_doubtful_text()
    there = address(note, "change")
    page = editor.post(there, {**form_data(editor.get(there)), "title_hi": text}, follow=True)
    assert "is text from an old Hindi font" in page.text or "looks like text from an old" in page.text
    note.refresh_from_db()
    assert note.title_hi == text
