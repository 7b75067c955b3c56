"""What can happen to a comment: a reader submits it, a moderator decides about it or replies to it."""

from django.db import transaction
from django.utils import timezone

from apps import audit
from apps.comments import limits
from apps.comments.models import Comment
from apps.content.vocabulary import forget
from apps.topics.models import Topic


class TooMany(Exception):
    """The sender has to wait until ``free_at``."""

    def __init__(self, free_at):
        super().__init__()
        self.free_at = free_at


class AlreadySent(Exception):
    """The same words came within a day, as ``comment``."""

    def __init__(self, comment):
        super().__init__()
        self.comment = comment


@transaction.atomic
def submit(*, topic, answered, name, email, text, language, address, honeypot_filled=False):
    """Keeps a reader's comment, waiting for a moderator. ``answered``: the comment it replies to, or None.

    Refuses with :class:`TooMany` or :class:`AlreadySent`. A suspicious comment is not refused but marked: a person may
    have been served badly by a password manager, and only a moderator can tell.
    """
    # One comment on a note at a time, so that a double click can't slip its second half past the checks below.
    Topic.objects.select_for_update().only("pk").get(pk=topic.pk)
    now = timezone.now()
    _refuse_too_many(address, now)
    same = Comment.objects.from_readers().since(now - limits.SAME_WORDS_PERIOD).with_the_words(text).first()
    if same:
        raise AlreadySent(same)
    return Comment.objects.create(
        topic=topic,
        parent=answered and answered.thread,
        name=name,
        email=email,
        text=text,
        language=language,
        held_reasons=_doubts(text, honeypot_filled),
        sender=limits.sender_of(address, now),
        created_at=now,
    )


@transaction.atomic
def decide(*, comments, state, moderator):
    """Puts ``comments`` (a queryset) into ``state``; returns those that were not in it already."""
    changed = list(comments.exclude(state=state).select_for_update(of=["self"]))
    waiting = state == Comment.State.WAITING
    Comment.objects.filter(pk__in=[comment.pk for comment in changed]).update(
        state=state,
        decided_at=None if waiting else timezone.now(),
        decided_by=None if waiting else moderator,
    )
    for comment in changed:
        audit.log(audit.Verb.COMMENT_DECIDED, by=moderator, about=comment, state=str(state))
    forget()
    return changed


@transaction.atomic
def reply(*, comment, text, language, moderator):
    """Publishes a moderator's answer to ``comment``, which is approved with it: nobody answers what nobody can read."""
    decide(comments=Comment.objects.filter(pk=comment.pk), state=Comment.State.APPROVED, moderator=moderator)
    audit.log(audit.Verb.COMMENT_ANSWERED, by=moderator, about=comment)
    now = timezone.now()
    return Comment.objects.create(
        topic=comment.topic,
        parent=comment.thread,
        # Never the user name: it is half of a sign-in.
        name=moderator.get_full_name()[:80],
        text=text,
        language=language,
        state=Comment.State.APPROVED,
        is_editorial=True,
        created_at=now,
        decided_at=now,
        decided_by=moderator,
    )


def _refuse_too_many(address, now):
    start = now - limits.SENDER_PERIOD
    sent = (
        Comment.objects.since(start)
        .filter(sender__in=limits.senders_of(address, start, now))
        .order_by("-created_at")
        .values_list("created_at", flat=True)[: limits.SENDER_LIMIT]
    )
    if len(sent) == limits.SENDER_LIMIT:
        raise TooMany(sent[limits.SENDER_LIMIT - 1] + limits.SENDER_PERIOD)


def _doubts(text, honeypot_filled):
    doubts = [
        (Comment.Reason.HONEYPOT, honeypot_filled),
        (Comment.Reason.LINKS, limits.count_links(text) > limits.LINKS_WITHOUT_DOUBT),
    ]
    return [reason.value for reason, doubtful in doubts if doubtful]
