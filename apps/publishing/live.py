"""Whether readers see a record, and the text that editors work on."""

from apps.content.models import State
from apps.publishing import snapshots
from apps.publishing.merging import merge
from apps.publishing.models import draft_of


def is_live(record):
    """Whether readers see ``record``, or will without anybody's doing: then its text is worked on as a draft."""
    return getattr(record, "state", None) == State.PUBLISHED


def has_news(record):
    """Whether there is a text that readers do not see yet."""
    return not is_live(record) or draft_of(record) is not None


def lock(record):
    """``record`` as the database has it, nobody else writing it before this transaction ends."""
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def working_copy(record):
    """``(snapshot, conflicts)``: the draft with what changed in the published text since it was begun, else the record.

    ``conflicts``: what changed in both; the snapshot has the draft's.
    """
    live, draft = snapshots.take(record), draft_of(record)
    return merge(draft.base, draft.snapshot, live) if draft else (live, [])
