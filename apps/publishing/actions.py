"""What editors do with a record on its way to readers. Each is all or nothing; who may do it is asked before."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps import audit
from apps.content import vocabulary
from apps.content.models import State
from apps.languages.fields import language_codes
from apps.publishing import mail, snapshots
from apps.publishing.clashes import names_taken, refuse_clashes, without_what_is_gone
from apps.publishing.history import act, without_versions
from apps.publishing.live import is_live, lock, working_copy
from apps.publishing.merging import merge
from apps.publishing.models import Draft, FormerAddress, Review, draft_of
from apps.publishing.reviewing import end_review


def lay_out(snapshot, record):
    """Makes the rows of ``record`` the text that a form works on, in a transaction that is rolled back or kept.

    What the text stands on may be gone by now, and a name of its own taken: then the rows go without. Returns the
    sentences that say so.
    """
    there, lost = without_what_is_gone(type(record), snapshot)
    sentences = [
        _("What it stood on was deleted, so the draft goes without it: %(what)s.") % {"what": each} for each in lost
    ]
    for field in names_taken(record, there):
        sentences.append(
            _("Another record has the draft’s “%(value)s” (%(field)s) by now; the one that readers know stands here.")
            % {"value": there["record"][field.name], "field": field.verbose_name}
        )
        there["record"][field.name] = snapshots.take(record)["record"][field.name]
    with without_versions():
        snapshots.apply(there, record)
    return sentences


@transaction.atomic
def keep(*, record, snapshot, by, comment=""):
    """``snapshot`` becomes the text that editors work on: a draft if readers see the record, else the record itself."""
    record = lock(record)
    if not is_live(record):
        with act(by, comment):
            snapshots.apply(snapshot, record)
            check(record)
        return record
    live, draft = snapshots.take(record), draft_of(record) or Draft(record=record)
    if snapshot == live:
        if not draft._state.adding:
            draft.delete()
        return None
    draft.base, draft.snapshot, draft.updated_by = live, snapshot, by
    with act(by, comment):
        draft.save()
    return draft


@transaction.atomic
def publish(*, record, by, languages=None, at=None):
    """Readers get the working text, in all languages or in some; ``at`` a later time, else now.

    Raises :class:`ValidationError` if the text breaks a rule of its model: then nothing changes. Returns the names of
    rows that could not go along, since a record that they stand on was deleted.
    """
    record, was_live = lock(record), is_live(record)
    chosen = [code for code in language_codes() if languages is None or code in languages]
    if not chosen:
        raise ValidationError(_("Choose at least one language."))
    refuse_the_past(at)
    if at and was_live and record.is_public:
        return _plan(record, by, chosen, at)
    full, _conflicts = working_copy(record)
    live = snapshots.take(record)
    shown = full
    if len(chosen) < len(language_codes()):
        shown = snapshots.in_languages(live if was_live else None, full, chosen, type(record))
    record.state, record.publish_at = State.PUBLISHED, at
    if record.withdraw_at and record.withdraw_at <= (at or timezone.now()):
        record.withdraw_at = None
    complete = shown == full
    shown, left_out = without_what_is_gone(type(record), shown)
    refuse_clashes(snapshots.fresh(record), shown)
    with act(by, gettext_noop("Published.") if complete else gettext_noop("Published in one language.")):
        snapshots.apply(shown, record, keep_outdated=complete)
        check(record)
    if was_live and live["record"]["slug"] != record.slug:
        leave_address(record, live["record"]["slug"])
    _after_publishing(record, without_what_is_gone(type(record), full)[0], by)
    audit.log(audit.Verb.PUBLISHED, by=by, about=record, languages=chosen)
    return left_out


def refuse_the_past(at):
    if at and at <= timezone.now():
        raise ValidationError(_("This time is past. Choose a later one, or leave it empty for at once."))


def _plan(record, by, languages, at):
    draft = draft_of(record)
    if draft is None:
        raise ValidationError(_("There is nothing to publish: the draft is the text that readers see."))
    draft.publish_at, draft.publish_languages, draft.updated_by = at, languages, by
    with act(by, gettext_noop("Planned to be published.")):
        draft.save()
    return []


def _after_publishing(record, full, by):
    """What was not published stays a draft; whoever asked for a review gets their answer."""
    live, draft = snapshots.take(snapshots.fresh(record)), draft_of(record)
    if live == full:
        if draft:
            draft.delete()
    else:
        draft = draft or Draft(record=record)
        draft.base, draft.snapshot, draft.updated_by = live, full, by
        draft.state, draft.publish_at = Draft.State.DRAFT, None
        draft.save()
    end_review(record, Review.Outcome.PUBLISHED, by, "")


def check(record):
    """Raises one :class:`ValidationError` with all that the models find wrong in ``record`` and its parts."""
    sentences = []
    record = snapshots.fresh(record)
    for row in [record, *(row for name in record.part_relations for row in getattr(record, name).all())]:
        try:
            row.full_clean()
        except ValidationError as error:
            sentences += [f"{row}: {sentence}" if row is not record else sentence for sentence in error.messages]
    if sentences:
        raise ValidationError(list(dict.fromkeys(sentences)))


def leave_address(record, slug):
    """Whoever comes by the old address name is led to ``record``; one that it takes again is no former one."""
    FormerAddress.objects.about(record).filter(slug__in=[slug, record.slug]).delete()
    FormerAddress.objects.create(record=record, slug=slug)


@transaction.atomic
def withdraw(*, record, by, at=None):
    """Readers no longer see ``record``: now, or from ``at``."""
    record = lock(record)
    refuse_the_past(at)
    if at:
        record.withdraw_at = at
    else:
        record.state, record.withdraw_at = State.WITHDRAWN, None
    with act(
        by, gettext_noop("Withdrawn.") if record.state == State.WITHDRAWN else gettext_noop("Planned to be withdrawn.")
    ):
        record.save()
    _take_in_draft(record, by)


def _take_in_draft(record, by):
    """A record that readers no longer see has no text beside its own."""
    draft = draft_of(record)
    if draft and not is_live(record):
        snapshot, _conflicts = merge(draft.base, draft.snapshot, snapshots.take(record))
        with act(by, gettext_noop("The draft became the text.")):
            snapshots.apply(snapshot, record)
        draft.delete()


@transaction.atomic
def unplan(*, record, by):
    """Nothing happens by itself any more; a record that was still to appear is a draft again."""
    record = lock(record)
    Draft.objects.about(record).update(publish_at=None)
    if is_live(record) and not record.is_public:
        record.state, record.publish_at = State.DRAFT, None
    record.withdraw_at = None
    with act(by, gettext_noop("Plan forgotten.")):
        record.save()
    _take_in_draft(record, by)


@transaction.atomic
def discard(*, record, by):
    """The draft goes; the published text stays. What was in it can be read in the history."""
    draft = draft_of(lock(record))
    if draft:
        draft.delete()
        audit.log(audit.Verb.DISCARDED, by=by, about=record)
    end_review(record, Review.Outcome.CANCELLED, by, "")


@transaction.atomic
def publish_due(*, record):
    """Does what was planned for ``record`` if its time has come, once, whoever else tries; returns whether it did."""
    record, now = lock(record), timezone.now()
    draft = draft_of(record)
    if is_live(record) and record.withdraw_at and record.withdraw_at <= now:
        withdraw(record=record, by=None)
        return True
    if is_live(record) and draft and draft.publish_at and draft.publish_at <= now:
        try:
            with transaction.atomic():
                publish(record=record, by=draft.updated_by, languages=draft.publish_languages or None)
        except ValidationError as error:
            draft.publish_at = None
            draft.save()
            mail.planned_failed(record, draft.updated_by, error.messages)
        return True
    return False


def forget_what_was_read():
    """After a transaction that was rolled back: this thread may have read what never came to be."""
    vocabulary.read_again()
