"""Who may do what on the way to readers: the buttons that are offered are the acts that are taken, for every role."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from apps.content.models import State
from apps.publishing import actions, live, reviewing
from apps.publishing.models import draft_of
from apps.topics.models import Topic
from tests.editorial.families import address, form_data
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# With a draft in review, that somebody else's note has.
FOREIGN = {
    "Administrators": {"publish", "take_back", "send_back", "discard", "withdraw"},
    "Editors": {"publish", "take_back", "send_back", "discard", "withdraw"},
    "Reviewers": {"publish", "send_back", "withdraw"},
    "Translators into Hindi": {"take_back"},
    "Authors": set(),
    "Moderators": set(),
}
OWN = {**FOREIGN, "Authors": {"take_back", "discard"}}
ACTS = ("publish", "ask", "take_back", "send_back", "discard", "withdraw", "unplan")


@pytest.fixture
def somebody(django_user_model):
    """``somebody("Authors")``: ``(user, browser)``."""

    def _somebody(group):
        user = django_user_model.objects.create_user(group.lower().replace(" ", "-"), is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return user, client

    return _somebody


def note_in_review(maker=None):
    note = TopicFactory(created_by=maker, title_en="Bandung")
    snapshot, _clashes = live.working_copy(note)
    snapshot["record"]["title_en"] = "Bandung, 1955"
    actions.keep(record=note, snapshot=snapshot, by=None)
    reviewing.ask_for_review(record=note, by=None)
    return note


@pytest.mark.parametrize("whose", ["own", "foreign"])
@pytest.mark.parametrize("group", FOREIGN)
def test_each_role_has_its_acts_and_no_others(somebody, group, whose):
    user, browser = somebody(group)
    note = note_in_review(user if whose == "own" else None)
    allowed = (OWN if whose == "own" else FOREIGN)[group]
    assert set(browser.get(address(note, "publishing")).context["acts"]) == allowed
    for act in sorted(set(ACTS) - allowed):
        assert browser.post(address(note, "publishing"), {"act": act, "languages": ["en", "hi"]}).status_code == 403
    assert Topic.objects.get(pk=note.pk).title_en == "Bandung"
    assert draft_of(note)


def test_an_author_asks_for_a_review_of_their_own_note_and_of_no_other(somebody):
    author, browser = somebody("Authors")
    own, foreign = TopicFactory(state=State.DRAFT, created_by=author), TopicFactory(state=State.DRAFT)
    for note in (own, foreign):
        browser.post(address(note, "publishing"), {"act": "ask"})
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.state, foreign.state) == (State.IN_REVIEW, State.DRAFT)


@pytest.mark.parametrize("group", ["Authors", "Reviewers", "Translators into Hindi", "Moderators"])
def test_a_form_sent_by_who_may_not_write_changes_nothing(somebody, group):
    _user, browser = somebody(group)
    note = TopicFactory(title_en="Bandung")
    assert browser.post(address(note, "change"), {"title_en": "x", "_version": "x"}).status_code == 403
    assert browser.post(address(note, "change"), {"_chosen": "x"}).status_code in {302, 403}
    assert draft_of(note) is None


def test_what_an_author_makes_is_theirs(somebody):
    author, browser = somebody("Authors")
    form = browser.get(address(Topic, "add"))
    assert form.status_code == 200
    sent = {**form_data(form), "title_en": "Lagos", "slug": "lagos", "position": "3"}
    response = browser.post(address(Topic, "add"), sent)
    assert response.status_code == 302, response.context["errors"]
    note = Topic.objects.get(slug="lagos")
    assert (note.created_by, note.state) == (author, State.DRAFT)
    assert browser.get(address(note, "change")).context["has_change_permission"]
