"""What the portal does by the clock: management commands, named in ``settings.PERIODIC_COMMANDS`` with their seconds.

Every worker runs all of them, so a command that stands there must be idempotent and safe beside itself.
"""

import logging
import time

from django.conf import settings
from django.core import checks
from django.core.management import call_command, get_commands

from apps.background.limits import time_limit

logger = logging.getLogger(__name__)

# A duty is a batch: it gets longer than an ordinary task before it is broken off.
LIMIT = 600


class Duties:
    def __init__(self, *, grace):
        self.grace = grace
        self.next_times = dict.fromkeys(settings.PERIODIC_COMMANDS, time.monotonic())

    def run_due(self):
        for name, seconds in settings.PERIODIC_COMMANDS.items():
            if self.next_times[name] <= time.monotonic():
                self.next_times[name] = time.monotonic() + seconds
                self._run(name)

    def _run(self, name):
        """One that fails is logged and comes again at its next time: it must not take the others with it."""
        try:
            with time_limit(LIMIT, grace=self.grace):
                call_command(name)
        except KeyboardInterrupt:
            raise
        except BaseException:
            logger.exception("The periodic command %s failed. It runs again at its next time.", name)


def known_duties(app_configs, **kwargs):
    """A system check: a misspelt command would fail every minute, where nobody looks."""
    return [
        checks.Error(
            f"PERIODIC_COMMANDS names {name!r} ({seconds!r} seconds).",
            hint="It needs the name of a management command and the seconds between two runs, more than 0.",
            id="background.E001",
        )
        for name, seconds in settings.PERIODIC_COMMANDS.items()
        if name not in get_commands() or not seconds > 0
    ]
