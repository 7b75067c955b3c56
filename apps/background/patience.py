"""The database may go away for a while: a restart, a failover, a lock that somebody holds too long."""

import logging
import time

from django.db import InterfaceError, OperationalError, connections

logger = logging.getLogger(__name__)

OUT_OF_REACH = (OperationalError, InterfaceError)
LONGEST_PAUSE = 10


def insist(act, stop):
    """What ``act()`` answers, as soon as the database does; ``None`` if we are told to stop meanwhile. One line in the
    log when the database goes and one when it is back.
    """
    gone_at, pause = None, 1
    while True:
        try:
            answer = act()
        except OUT_OF_REACH as error:
            if gone_at is None:
                gone_at = time.monotonic()
                logger.warning("The database does not answer (%s). Waiting for it.", " ".join(str(error).split()))
            connections.close_all()
            if stop.asked:
                return None
            stop.rest(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            if gone_at is not None:
                logger.warning("The database answers again, after %.0f seconds.", time.monotonic() - gone_at)
            return answer
