"""Practice: the questions on a note, their answers folded beneath them."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import QuestionFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_note_leads_to_its_questions(reader):
    TopicFactory(slug="n")
    assert 'href="/hi/topics/n/practice/"' in reader.get("/hi/topics/n/").text


def test_the_answer_is_folded_and_names_the_right_choice(reader):
    QuestionFactory(topic=TopicFactory(slug="n"))
    html = reader.get("/hi/topics/n/practice/").text
    assert html.index("पहले क्या हुआ?") < html.index("<li>बेलग्रेड</li>") < html.index("<details>")
    assert html.index("<details>") < html.index("<strong>बांडुंग</strong>") < html.index("बांडुंग, 1955 में।")


def test_a_note_without_questions_says_so(reader):
    TopicFactory(slug="n")
    assert "There are no questions on this note yet." in reader.get("/en/topics/n/practice/").text


def test_the_questions_of_a_draft_are_not_found(reader):
    QuestionFactory(topic=TopicFactory(slug="n", state="draft"))
    assert reader.get("/en/topics/n/practice/").status_code == 404


@pytest.mark.parametrize("correct", [None, 0, 3])
def test_a_right_choice_that_is_not_among_the_choices_is_refused(correct):
    with pytest.raises(ValidationError, match="the number of the right choice"):
        QuestionFactory.build(topic=TopicFactory(), correct=correct).full_clean()


def test_a_short_answer_has_no_right_choice():
    with pytest.raises(ValidationError, match="has no choices"):
        QuestionFactory.build(topic=TopicFactory(), choices_en="", choices_hi="", correct=1).full_clean()


@pytest.mark.parametrize(
    ("english", "hindi", "sentence"),
    [("One", "एक", "two lines or more"), ("One\nTwo", "एक\nदो\nतीन", "the same choices in the same order")],
)
def test_choices_that_are_no_choice_are_refused(english, hindi, sentence):
    with pytest.raises(ValidationError, match=sentence):
        QuestionFactory.build(topic=TopicFactory(), choices_en=english, choices_hi=hindi, correct=1).full_clean()
