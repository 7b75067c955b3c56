"""The approved comments of a note in the order of the conversation."""

from dataclasses import dataclass, field

from apps.comments.models import Comment

# A page stays a page; older comments give way.
SHOWN = 200


@dataclass
class Thread:
    """A first-level comment and the replies to it, oldest first; ``comment`` is None once it is not public any more."""

    comment: Comment | None
    replies: list = field(default_factory=list)


def threads(topic):
    """``([Thread, …], whether older comments were left out)``, in one query however many comments there are."""
    newest = list(
        Comment.objects.approved()
        .filter(topic=topic)
        # The parent comes along: it may be older than the newest 200, or have been taken back since.
        .select_related("parent")
        .defer("email", "sender", "search_text", "parent__email", "parent__sender", "parent__search_text")
        .order_by("-created_at", "-pk")[: SHOWN + 1]
    )
    shown = {}
    for comment in reversed(newest[:SHOWN]):
        first = comment.thread
        thread = shown.setdefault(first.pk, Thread(first if first.state == Comment.State.APPROVED else None))
        if comment is not first:
            thread.replies.append(comment)
    return list(shown.values()), len(newest) > SHOWN
