"""A second pair of eyes: a review is asked for, answered, or taken back. Each is all or nothing."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps import audit
from apps.content.models import State
from apps.publishing import mail
from apps.publishing.history import act
from apps.publishing.live import is_live, lock
from apps.publishing.models import Draft, Review, draft_of, waiting_review


@transaction.atomic
def ask_for_review(*, record, by, note=""):
    """Puts the working text in review and writes to everybody who may review it: ``told``, of the review."""
    record = lock(record)
    if waiting_review(record):
        raise ValidationError(_("A review was asked for already."))
    if is_live(record):
        draft = draft_of(record)
        if draft is None:
            raise ValidationError(_("There is nothing to review: the draft is the text that readers see."))
        draft.state = Draft.State.IN_REVIEW
        with act(by, gettext_noop("Asked for a review.")):
            draft.save()
    else:
        record.state = State.IN_REVIEW
        with act(by, gettext_noop("Asked for a review.")):
            record.save()
    review = Review.objects.create(record=record, asked_by=by, note=note)
    audit.log(audit.Verb.REVIEW_ASKED, by=by, about=record)
    review.told = reviewers(record, but=by)
    mail.review_asked(review, review.told)
    return review


@transaction.atomic
def send_back(*, record, by, answer=""):
    """The review ends with comments; the text is a draft again."""
    if not answer:
        raise ValidationError(_("Say what should be changed."))
    record = lock(record)
    _back_to_draft(record, by, gettext_noop("Returned with comments."))
    review = end_review(record, Review.Outcome.RETURNED, by, answer)
    if review:
        audit.log(audit.Verb.SENT_BACK, by=by, about=record)
        mail.review_answered(review)
    return review


@transaction.atomic
def take_back(*, record, by):
    """Whoever asked for the review goes on writing."""
    record = lock(record)
    _back_to_draft(record, by, gettext_noop("Review taken back."))
    return end_review(record, Review.Outcome.CANCELLED, by, "")


def _back_to_draft(record, by, comment):
    if is_live(record):
        Draft.objects.about(record).update(state=Draft.State.DRAFT)
    elif record.state == State.IN_REVIEW:
        record.state = State.DRAFT
        with act(by, comment):
            record.save()


def end_review(record, outcome, by, text):
    """Ends the review that waits for an answer, if one does; returns it or ``None``."""
    review = waiting_review(record)
    if review:
        review.outcome, review.answered_by, review.answered_at, review.answer = outcome, by, timezone.now(), text
        review.save()
    return review


def reviewers(record, but=None):
    """Everybody at the desk who may review ``record``, with an address to write to, except ``but``."""
    users = get_user_model().objects.with_perm(
        f"{record._meta.app_label}.review_{record._meta.model_name}",
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return [user for user in users.filter(is_staff=True).exclude(email="") if user != but]
