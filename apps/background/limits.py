"""No task and no duty may hold the worker for ever. Main thread only, as signals are."""

import faulthandler
import signal
import sys
from contextlib import contextmanager, suppress

from django.db import Error, connections

from apps.background.failures import TookTooLong


@contextmanager
def time_limit(seconds, *, grace):
    """:class:`TookTooLong` is raised inside after ``seconds``. Code that no exception reaches (a call into C, a bare
    ``except``) takes the process with it half the grace later, traceback printed: before the lease ends for the others.
    """
    before = signal.signal(signal.SIGALRM, _time_is_up)
    faulthandler.dump_traceback_later(seconds + grace / 2, exit=True, file=sys.__stderr__)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except (TookTooLong, KeyboardInterrupt):
        _forget_connections()
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


def _time_is_up(number, frame):
    raise TookTooLong


def _forget_connections():
    """The exception may have come in the middle of Django's own bookkeeping of a transaction: start with new ones."""
    for connection in connections.all(initialized_only=True):
        with suppress(Error):
            connection.close()
        del connections[connection.alias]
