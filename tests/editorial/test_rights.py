"""The table of :mod:`apps.editorial.rights`, line by line."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from apps.content.models import State, content_models
from apps.editorial.rights import ACTS, may, own_only
from apps.organisations.models import Organisation
from apps.sources.models import Source
from apps.topics.models import Section, Topic
from tests.editorial.families import label
from tests.factories import OrganisationFactory, SectionFactory, SourceFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def member(django_user_model):
    """``member("Authors")``: an account in that group."""

    def make(*groups, **fields):
        made = django_user_model.objects.create_user(
            f"member-{django_user_model.objects.count()}", is_staff=True, **fields
        )
        made.groups.set(Group.objects.filter(name__in=groups))
        return made

    return make


def allowed(user, about):
    return {act for act in ACTS if may(user, act, about, language="hi")}


EVERYTHING = set(ACTS)


@pytest.mark.parametrize(
    ("group", "acts"),
    [
        ("Administrators", EVERYTHING),
        ("Editors", EVERYTHING),
        ("Reviewers", {"view", "review", "publish", "export"}),
        ("Translators into Hindi", {"view", "export", "translate"}),
        ("Translators into English", {"view", "export"}),
        ("Moderators", {"view"}),
        ("", set()),
    ],
)
def test_what_a_role_may_do_with_a_note(member, group, acts):
    assert allowed(member(group), TopicFactory()) == acts


def test_an_author_changes_their_own_note_and_reads_the_others(member):
    author = member("Authors")
    own, other = TopicFactory(created_by=author, state=State.DRAFT), TopicFactory(created_by=member("Authors"))
    assert allowed(author, own) >= {"view", "change", "export", "translate"}
    assert not allowed(author, own) & {"delete", "publish", "review", "import"}
    assert not {"change", "translate", "delete", "publish"} & allowed(author, other)
    assert may(author, "view", other)


def test_a_note_that_nobody_is_said_to_have_made_is_no_authors_own(member):
    assert not may(member("Authors"), "change", TopicFactory(created_by=None))


def test_a_section_goes_by_its_note(member):
    author = member("Authors")
    own = SectionFactory(topic=TopicFactory(created_by=author))
    other = SectionFactory()
    for act in ("add", "change", "delete", "translate"):
        assert may(author, act, own, language="hi"), act
        assert not may(author, act, other, language="hi"), act


def test_of_a_kind_the_answer_is_whether_there_may_be_one(member):
    author = member("Authors")
    assert may(author, "change", Topic)
    assert may(author, "change", Section)
    assert not may(author, "change", Source)
    assert not may(author, "delete", Topic)
    assert own_only(author, Topic)
    assert not own_only(member("Editors"), Topic)


def test_a_source_is_added_by_an_author_and_changed_by_an_editor(member):
    author, source = member("Authors"), SourceFactory()
    assert may(author, "add", Source)
    assert not may(author, "change", source)
    assert may(member("Editors"), "change", source)


def test_two_roles_add_up(member):
    both = member("Reviewers", "Translators into Hindi")
    assert allowed(both, OrganisationFactory()) == {"view", "review", "publish", "export", "translate"}


@pytest.mark.parametrize("act", ACTS)
def test_an_account_that_is_not_active_may_nothing(member, act):
    for user in (member("Editors", is_active=False), member(is_superuser=True, is_active=False)):
        assert not may(user, act, TopicFactory(created_by=user), language="hi")


@pytest.mark.parametrize("act", ACTS)
def test_a_superuser_may_everything_and_a_stranger_nothing(superuser, act):
    note = TopicFactory()
    assert may(superuser, act, note, language="hi")
    assert not may(AnonymousUser(), act, note, language="hi")


@pytest.mark.parametrize("model", content_models(), ids=label)
def test_every_kind_of_content_can_be_somebodys_own(member, model):
    assert may(member("Authors"), "change", model)


def test_an_organisation_is_not_made_public_by_its_author(member):
    author = member("Authors")
    assert not may(author, "publish", OrganisationFactory(created_by=author))
    assert not may(author, "publish", Organisation)
