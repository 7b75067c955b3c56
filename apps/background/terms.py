"""How often a task is tried, how long each attempt may take, and how long a failed one waits."""

from dataclasses import dataclass
from datetime import timedelta

# After each failure the pause is so many times as long as the one before.
GROWTH = 3


@dataclass(frozen=True)
class Terms:
    """``attempts`` in all, the first included; ``pause`` seconds after the first failure; ``limit`` seconds for one
    attempt, after which it is broken off and counts as failed. ``name``: what the admin calls such a task.
    """

    attempts: int = 5
    pause: float = 30
    limit: float = 60
    name: str = ""

    def pause_after(self, attempt):
        return timedelta(seconds=self.pause * GROWTH ** (attempt - 1))


def terms(**given):
    """Says the :class:`Terms` of a task; stands under ``@task()``. A task without it has the ordinary ones."""
    own = Terms(**given)

    def mark(function):
        function.terms = own
        return function

    return mark


def terms_of(queued):
    """The terms of a task in the queue. The release that knew it may be gone, or not here yet: then the ordinary."""
    try:
        return getattr(queued.task.func, "terms", Terms())
    except Exception:
        return Terms()
