"""From the bytes of an uploaded file to its rows, every cell a text; whatever the file is, rows or :class:`Refused`.

A stranger's file is taken apart in a process of its own (``process.py``). What it read comes as it reads it: neither
process holds the whole sheet. Nothing is left behind, also if nobody reads to the end.
"""

from apps.spreadsheets.files.column_letters import letters_of
from apps.spreadsheets.files.inert import PREFIX, awakened
from apps.spreadsheets.files.limits import MEGABYTE, limits
from apps.spreadsheets.files.process import ReadingProcess
from apps.spreadsheets.files.reasons import REASONS, refused


def read_sheets(kind, data, wanted=(), unread=None, first=()):
    """Yields ``(title, rows)`` of the first sheet of ``data`` (bytes) and of the sheets whose titles are ``wanted``.
    Where a sheet has one of the titles ``first``, that one comes first, wherever it stands; in an ODS those before it
    are passed over.

    ``kind``: csv (one sheet, titled ""), xlsx or ods. ``rows``: iterator of ``(number, [text, …])``, numbered as the
    spreadsheet program does, blank rows and the blanks at a row's end left out; whoever asks for the next sheet gets no
    more of it. A row with cells of which nobody can tell what they say is a ``SpoiltRow`` (``spoilt.py``); the sheet's
    first row, which names its columns, is refused with them. Hidden sheets are none. Hold on to what this returns for
    as long as you read: without it, reading ends.
    ``unread``: a list to which the titles of the other sheets that hold something are added, on the way: those of an
    XLSX before its first sheet comes, those of an ODS as they stand in it, as far as it is looked through.
    Raises :class:`Refused` at any point.
    """
    most = limits()
    if len(data) > most.megabytes * MEGABYTE:
        raise refused("megabytes", most)
    with ReadingProcess(kind, data, first, wanted, most) as process:
        answer = process.answer()
        while "end" not in answer:
            if "unread" in answer:
                if unread is not None:
                    unread.append(answer["unread"])
                answer = process.answer()
                continue
            sheet = _Sheet(process, most, awaken=kind == "csv")
            yield answer["sheet"], sheet.rows()
            for _row in sheet.rows():
                pass
            answer = sheet.following


class _Sheet:
    """The rows of one sheet, and then, as ``following``, what the process answers after them."""

    def __init__(self, process, most, *, awaken):
        self.process, self.most, self.awaken = process, most, awaken
        self.following, self.is_first = None, True

    def rows(self):
        while self.following is None:
            answer = self.process.answer()
            if isinstance(answer, dict):
                self.following = answer
                return
            if self.is_first:
                self._refuse_spoilt(*answer[0])
            for number, texts in answer:
                if self.awaken:
                    texts = [awakened(text) if text[:1] == PREFIX else text for text in texts]
                yield number, texts

    def _refuse_spoilt(self, number, headings):
        self.is_first = False
        for place, (reason, _sentence) in getattr(headings, "spoilt", {}).items():
            if reason in REASONS:  # a day is no heading anyway
                raise refused(reason, self.most, f"{letters_of(place + 1)}{number}")
