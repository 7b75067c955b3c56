"""Told to stop: the first signal lets the worker finish what it has in hand, the second one doesn't."""

import os
import signal
import time

SIGNALS = (signal.SIGINT, signal.SIGTERM)
HEARD = "Told to stop. The task in hand is finished first; a second signal stops at once.\n"


class Stop:
    """``asked`` is looked at between two tasks: a first signal never raises, so no commit is cut in half."""

    def __init__(self):
        self.asked = False

    def listen(self):
        for number in SIGNALS:
            signal.signal(number, self._hear)

    def rest(self, seconds):
        """Sleeps, in short naps, because a signal does not end one."""
        until = time.monotonic() + seconds
        while not self.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 1))

    def _hear(self, number, frame):
        if self.asked:
            for each in SIGNALS:
                signal.signal(each, signal.SIG_DFL)  # a third one ends the process whatever it does
            raise KeyboardInterrupt
        self.asked = True
        os.write(2, HEARD.encode())  # not by logging: the signal may have come in the middle of a line of the log
