"""XML from a stranger, read as it comes, without a tree of it.

A document type is refused, and entities with it. Older expats look at an unfinished tag or comment from its start again
for every piece that arrives (CVE-2023-52425): none may be longer than ``LONGEST_TAG`` bytes.
"""

from pyexpat import ParserCreate

from apps.spreadsheets.files.refused_file import RefusedFile

LONGEST_TAG = 1 << 20


class Enough(Exception):
    """Raised by a reader that needs nothing of what follows."""


def parse(pieces, start, end=None, texts=None, longest=0, check=None):
    """Calls ``start(name, attributes)`` and ``end(name)``, appends the text between to the list ``texts``.

    The reader empties ``texts``; what it leaves may have ``longest`` characters. Names are as written, with prefix.
    ``check`` is called now and then, for what is too dear to ask at each tag.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if texts is not None:
        parser.CharacterDataHandler = texts.append
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise RefusedFile("broken")
            if texts and sum(map(len, texts)) > longest:
                raise RefusedFile("cell")
            if check:
                check()
        parser.Parse(b"", True)
    except Enough:
        return


def _refuse(*_about):
    raise RefusedFile("broken")


def local(name):
    """The name without its prefix."""
    return name.rpartition(":")[2]
