"""Two ways to fail that no task chooses."""

from django.utils.translation import gettext_lazy as _


class TookTooLong(BaseException):
    """Raised inside a task or a duty when its time is up. No ``Exception``, which tasks catch and go on after."""

    sentence = _("It took longer than it may and was broken off. The last error shows where it stood.")


class Abandoned(Exception):
    """Nobody raises it: it stands in the row of a task whose worker was killed in the middle of it, each time."""

    sentence = _(
        "Each time, the process that worked on it was stopped in the middle (killed, out of memory, a power cut). "
        "It is not tried again by itself."
    )
