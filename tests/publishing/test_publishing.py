"""A published note is worked on as a draft; what readers see changes when it is published, and only then."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.content.models import State
from apps.publishing import actions, live, reviewing, snapshots
from apps.publishing.due import do_what_is_due
from apps.publishing.models import Draft, Edition, FormerAddress, Review, draft_of
from apps.topics.models import Topic
from tests.factories import EventFactory, OrganisationFactory, SectionFactory, SourceFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def note():
    return TopicFactory(sections=2, title_en="Bandung", title_hi="बांडुंग")


def drafted(note, by=None, **texts):
    """The note's draft with other ``texts``."""
    snapshot, _conflicts = live.working_copy(note)
    snapshot["record"] |= texts
    return actions.keep(record=note, snapshot=snapshot, by=by)


def now(note):
    return Topic.objects.get(pk=note.pk)


def test_a_draft_changes_nothing_that_readers_see(note, reader):
    drafted(note, title_en="Bandung, 1955")
    assert now(note).title_en == "Bandung"
    assert "Bandung, 1955" not in reader.get(f"/en/topics/{note.slug}/").text


def test_publishing_gives_readers_the_draft_and_leaves_none(note):
    drafted(note, title_en="Bandung, 1955", title_hi="बांडुंग, 1955")
    actions.publish(record=note, by=None)
    assert (now(note).title_en, now(note).title_hi) == ("Bandung, 1955", "बांडुंग, 1955")
    assert draft_of(note) is None


def test_one_language_is_published_while_the_other_stays(note):
    drafted(note, title_en="Bandung, 1955", title_hi="बांडुंग, 1955")
    actions.publish(record=note, by=None, languages=["en"])
    assert (now(note).title_en, now(note).title_hi) == ("Bandung, 1955", "बांडुंग")
    assert draft_of(note).snapshot["record"]["title_hi"] == "बांडुंग, 1955"
    actions.publish(record=note, by=None, languages=["hi"])
    assert now(note).title_hi == "बांडुंग, 1955"
    assert now(note).outdated == {}
    assert draft_of(note) is None


def test_a_new_note_can_begin_in_one_language(reader):
    note = TopicFactory(state=State.DRAFT, title_en="Bandung", title_hi="बांडुंग", sections=1)
    actions.publish(record=note, by=None, languages=["en"])
    assert now(note).title_hi == ""
    assert "बांडुंग" not in reader.get(f"/hi/topics/{note.slug}/").text
    assert draft_of(note).snapshot["record"]["title_hi"] == "बांडुंग"


def test_sections_and_links_go_with_the_draft(note):
    organisation, first = OrganisationFactory(), note.sections.first()
    snapshot, _conflicts = live.working_copy(note)
    snapshot["record"]["organisations"] = [str(organisation.pk)]
    new = "0b1c9d3e-0000-4000-8000-000000000001"
    snapshot["sections"][new] = {**snapshot["sections"].pop(str(first.pk)), "anchor": "new-one", "heading_hi": "नया"}
    actions.keep(record=note, snapshot=snapshot, by=None)
    assert first in note.sections.all()
    actions.publish(record=note, by=None)
    assert list(note.organisations.all()) == [organisation]
    assert set(note.sections.values_list("anchor", flat=True)) == {"new-one", "section-2"}
    assert str(note.sections.get(anchor="new-one").pk) == new


def test_two_sections_can_trade_their_anchors(note):
    one, two = note.sections.all()
    snapshot, _conflicts = live.working_copy(note)
    snapshot["sections"][str(one.pk)]["anchor"], snapshot["sections"][str(two.pk)]["anchor"] = two.anchor, one.anchor
    actions.keep(record=note, snapshot=snapshot, by=None)
    actions.publish(record=note, by=None)
    assert note.sections.get(pk=one.pk).anchor == two.anchor


def test_what_changed_in_the_published_text_meanwhile_is_not_overwritten(note):
    drafted(note, title_en="Bandung, 1955")
    published = now(note)
    published.title_hi = "बांडुंग सम्मेलन"
    published.save()
    actions.publish(record=note, by=None)
    assert (now(note).title_en, now(note).title_hi) == ("Bandung, 1955", "बांडुंग सम्मेलन")


def test_a_draft_that_breaks_a_rule_is_not_published_and_not_lost(note):
    drafted(note, summary_en="word " * 70, title_en="Bandung, 1955")
    with pytest.raises(ValidationError, match="At most 60 words"):
        actions.publish(record=note, by=None)
    assert now(note).title_en == "Bandung"
    assert draft_of(note).snapshot["record"]["title_en"] == "Bandung, 1955"


def test_a_discarded_draft_leaves_the_published_text(note):
    drafted(note, title_en="Bandung, 1955")
    actions.discard(record=note, by=None)
    assert draft_of(note) is None
    assert now(note).title_en == "Bandung"


def test_a_record_that_is_withdrawn_keeps_its_draft_as_its_text(note, reader):
    drafted(note, title_en="Bandung, 1955")
    actions.withdraw(record=note, by=None)
    assert now(note).title_en == "Bandung, 1955"
    assert reader.get(f"/en/topics/{note.slug}/").status_code == 404


def test_a_draft_whose_source_is_gone_is_published_without_its_citation(note):
    source = SourceFactory()
    snapshot, _conflicts = live.working_copy(note)
    row = {"position": 1, "source": str(source.pk), "fact": "", "section": "", "outdated": {}}
    texts = dict.fromkeys(["value_en", "value_hi", "note_en", "note_hi"], "")
    snapshot["citations"]["0b1c9d3e-0000-4000-8000-000000000002"] = row | texts
    actions.keep(record=note, snapshot=snapshot, by=None)
    source.delete()
    assert len(actions.publish(record=note, by=None)) == 1
    assert note.citations.count() == 0


# --- Editions ---------------------------------------------------------------------------------------------------------


def test_each_publication_is_a_numbered_edition_that_never_changes(note):
    drafted(note, title_en="Bandung, 1955")
    actions.publish(record=note, by=None)
    editions = {each.number: each.snapshot["record"]["title_en"] for each in Edition.objects.about(note)}
    assert editions[max(editions)] == "Bandung, 1955"
    assert editions[max(editions) - 1] == "Bandung"
    with pytest.raises(TypeError):
        Edition.objects.about(note).first().save()


def test_publishing_the_same_text_again_makes_no_edition(note):
    count = Edition.objects.about(note).count()
    actions.withdraw(record=note, by=None)
    actions.publish(record=note, by=None)
    assert Edition.objects.about(note).count() == count


def test_a_record_without_editions_has_none():
    actions.publish(record=EventFactory(state=State.DRAFT), by=None)
    assert not Edition.objects.exists()


def test_a_former_address_is_remembered(note):
    old = note.slug
    drafted(note, slug="bandung-1955")
    actions.publish(record=note, by=None)
    assert FormerAddress.objects.get(slug=old).record == note


# --- Review -----------------------------------------------------------------------------------------------------------


def test_a_review_is_asked_for_by_mail_and_returned_with_comments(note, superuser, django_user_model, mailoutbox):
    author = django_user_model.objects.create_user("meena", "meena@portal.example")
    drafted(note, author, title_en="Bandung, 1955")
    reviewing.ask_for_review(record=note, by=author, note="The date is new.")
    assert mailoutbox[0].to == [superuser.email]
    assert "The date is new." in mailoutbox[0].body
    assert draft_of(note).state == Draft.State.IN_REVIEW
    reviewing.send_back(record=note, by=superuser, answer="Add a source.")
    assert mailoutbox[1].to == [author.email]
    assert "Add a source." in mailoutbox[1].body
    assert draft_of(note).state == Draft.State.DRAFT


def test_publishing_answers_the_review(superuser):
    note = TopicFactory(state=State.DRAFT)
    reviewing.ask_for_review(record=note, by=None)
    assert now(note).state == State.IN_REVIEW
    actions.publish(record=note, by=superuser)
    assert Review.objects.get().outcome == Review.Outcome.PUBLISHED


# --- Plans ------------------------------------------------------------------------------------------------------------


def test_a_planned_draft_is_published_when_its_time_comes_and_once(note):
    drafted(note, title_en="Bandung, 1955")
    actions.publish(record=note, by=None, at=timezone.now() + timezone.timedelta(hours=1))
    assert do_what_is_due() == []
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2)):
        assert do_what_is_due() == [note]
        assert do_what_is_due() == []
    assert now(note).title_en == "Bandung, 1955"


def test_a_new_note_appears_at_its_time_and_gets_its_edition():
    note = TopicFactory(state=State.DRAFT)
    actions.publish(record=note, by=None, at=timezone.now() + timezone.timedelta(hours=1))
    assert not Edition.objects.about(note).exists()
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2)):
        assert now(note).is_public
        assert do_what_is_due() == [note]
        assert do_what_is_due() == []
    assert Edition.objects.about(note).count() == 1


def test_a_planned_withdrawal_happens_for_readers_at_its_time_and_then_for_editors(note, reader):
    actions.withdraw(record=note, by=None, at=timezone.now() + timezone.timedelta(hours=1))
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2)):
        assert not now(note).is_public
        assert do_what_is_due() == [note]
    assert now(note).state == State.WITHDRAWN


def test_a_planned_draft_that_breaks_a_rule_waits_and_its_planner_is_told(note, superuser, mailoutbox):
    drafted(note, superuser, summary_en="word " * 70)
    actions.publish(record=note, by=superuser, at=timezone.now() + timezone.timedelta(hours=1))
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2)):
        do_what_is_due()
        do_what_is_due()
    assert "At most 60 words" in mailoutbox[0].body
    assert len(mailoutbox) == 1
    assert draft_of(note).publish_at is None


# --- Snapshots --------------------------------------------------------------------------------------------------------


def test_a_snapshot_applied_again_changes_nothing(note):
    SectionFactory(topic=note, body_hi="पाठ")
    before = snapshots.take(note)
    snapshots.apply(before, snapshots.fresh(note))
    assert snapshots.take(snapshots.fresh(note)) == before
