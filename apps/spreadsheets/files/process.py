"""The process that takes a stranger's file apart (``reader.py``): it can't hold much, last long, or write anything
(``confinement.py``).
"""

import json
import os
import select
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from apps.spreadsheets.files.reasons import refused
from apps.spreadsheets.files.refused_file import SPOILT
from apps.spreadsheets.files.spoilt import SpoiltRow

# The folder that ``apps`` is in.
HOME = str(Path(__file__).resolve().parents[3])
# Neither the site's packages (-S) nor its environment (-I): what reads a stranger's file starts at once.
START = "import sys; sys.path.append(sys.argv.pop(1)); from apps.spreadsheets.files.%s import main; main()"
PIECE = 1 << 18
PIPE = 1 << 20
# A line holds a batch or one long row (``rows.py``), each character at most six bytes.
LONGEST_LINE = 32 << 20
SPOILT_IN_JSON = json.dumps(SPOILT)[1:-1].encode()


def command(neighbour):
    """What starts the ``main()`` of a module of this folder that imports nothing but Python and such neighbours."""
    return [sys.executable, "-I", "-S", "-B", "-c", START % neighbour, HOME]


class ReadingProcess:
    """Reads ``data`` (bytes), of it the sheets with these titles; dead and buried when the ``with`` ends."""

    def __init__(self, kind, data, first, wanted, most):
        self.most, self.waiting = most, bytearray()
        numbers = [f"{name}={value}" for name, value in asdict(most).items()]
        first, wanted = ([title.strip().casefold().replace("\0", "") for title in titles] for titles in (first, wanted))
        arguments = [kind, str(len(numbers)), *numbers, str(len(first)), *first, *wanted]
        with nameless_file(data) as file:
            self.process = subprocess.Popen(  # noqa: S603
                [*command("reader"), *arguments],
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                bufsize=0,
            )
        self._widen_pipe()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        self.process.kill()
        self.process.stdout.close()
        self.process.wait()

    def answer(self):
        """What the process says next: a dict or rows, as ``rows.py`` has them, but each row with spoilt cells a
        :class:`SpoiltRow`. Raises Refused if it refuses or died.
        """
        line = self._line()
        answer = json.loads(line)
        if SPOILT_IN_JSON in line and isinstance(answer, list):
            return [(number, _as_it_stands(texts)) for number, texts in answer]
        if "end" in answer or "refused" in answer:
            # Not when the ``with`` ends: a reader that is refused within a sheet may come back to it late.
            self.close()
        if "refused" in answer:
            raise refused(answer["refused"], self.most, answer["where"])
        return answer

    def _line(self):
        while (end := self.waiting.find(b"\n")) < 0:
            start = len(self.waiting)
            self.waiting += self._piece()
            if start > LONGEST_LINE or len(self.waiting) == start:
                self.close()
                raise refused("seconds", self.most)
        line = bytes(self.waiting[:end])
        del self.waiting[: end + 1]
        return line

    def _piece(self):
        """Bytes; none where the process ended or, on a machine that does other things, is silent for long."""
        poll = select.poll()
        poll.register(self.process.stdout, select.POLLIN)
        return self.process.stdout.read(PIECE) if poll.poll(2000 * self.most.cpu_seconds) else b""

    def _widen_pipe(self):
        """So that one process reads while the other uses what was read."""
        with suppress(ImportError, AttributeError, OSError):
            import fcntl

            fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, PIPE)


def _as_it_stands(texts):
    return SpoiltRow(texts) if any(text[:1] == SPOILT for text in texts) else texts


def nameless_file(*contents):
    """A file with ``contents`` (bytes), in memory where the system can, and on no disk's list of files anywhere."""
    file = _nameless_file()
    for each in contents:
        file.write(each)
    file.seek(0)
    return file


def _nameless_file():
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("sheet"), "w+b")
    return tempfile.TemporaryFile()
