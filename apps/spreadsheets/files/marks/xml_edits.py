"""XML changed by replacing bytes where they stand: what is not replaced stays byte for byte.

expat says where an element starts and where it closes; its tags are then read and changed as bytes.
"""

import re
from contextlib import suppress
from operator import itemgetter
from xml.parsers import expat
from xml.sax.saxutils import escape

from apps.spreadsheets.files.marks.wanted import Unmarkable

# Of well-formed XML only: expat has seen it.
ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")


# Of a member: 50,000 rows of 20 cells, each with its text in two more. A scan takes a second for a million.
MOST_ELEMENTS = 3_100_000


class Stop(Exception):
    """Raised by a handler that has seen enough."""


def scan(source, start, end, characters=None):
    """Calls ``start(name, attributes, position)`` and ``end(name, position)``; ``position`` counts bytes."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    if characters:
        parser.CharacterDataHandler = characters
    if source[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in source[:4]:
        raise Unmarkable("structure")
    if source.count(b"<") - source.count(b"</") > MOST_ELEMENTS:
        raise Unmarkable("size")
    with suppress(Stop):
        parser.Parse(source, True)


def _refuse_doctype(*_declaration):
    raise Unmarkable("structure")


def _check_encoding(_version, encoding, _standalone):
    if encoding and encoding.casefold() not in {"utf-8", "utf8", "us-ascii"}:
        raise Unmarkable("structure")


def texts(fragment, wanted, without=()):
    """The text in elements called one of ``wanted``, each a text of the answer; nothing of ``without`` in it."""
    found, inside, outside = [], [], []

    def start(name, _attributes, _position):
        if name in without:
            outside.append(name)
        elif name in wanted and not outside:
            inside.append(name)
            found.append("")

    def end(name, _position):
        if name in without:
            outside.pop()
        elif inside and name in wanted and not outside:
            inside.pop()

    def characters(text):
        if inside and not outside:
            found[-1] += text

    scan(fragment, start, end, characters)
    return found


def tag_at(source, start):
    return TAG.match(source, start).group()


def element(source, start, closing):
    """The bytes of the element that starts at ``start``; expat saw its end at ``closing``."""
    return source[start : end_of(source, start, closing)]


def end_of(source, start, closing):
    tag = tag_at(source, start)
    return start + len(tag) if tag.endswith(b"/>") else source.index(b">", closing) + 1


def with_attributes(xml, changes):
    """``xml`` with ``changes`` in its first tag: ``{name: text}``, None to leave one out."""
    tag = tag_at(xml, 0)
    left = {name.encode(): value for name, value in changes.items()}

    def changed(match):
        if match[1] not in left:
            return match[0]
        value = left.pop(match[1])
        return b"" if value is None else _attribute(match[1], value)

    fresh = ATTRIBUTE.sub(changed, tag)
    ending = b"/>" if fresh.endswith(b"/>") else b">"
    added = b"".join(_attribute(name, value) for name, value in left.items() if value is not None)
    return fresh[: -len(ending)].rstrip() + added + ending + xml[len(tag) :]


def _attribute(name, value):
    return b' %s="%s"' % (name, as_bytes(str(value)))


def opened(tag):
    """``<a>`` for ``<a/>``."""
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def as_bytes(text):
    return escape(text, {'"': "&quot;"}).encode()


def applied(source, edits):
    """The pieces of ``source`` after ``edits``: ``[(start, end, bytes), …]``; what is only added (``start == end``)
    stands before what is replaced at that place, in the order of ``edits``."""
    position = 0
    for start, end, fresh in sorted(edits, key=itemgetter(0, 1)):
        yield source[position:start]
        yield fresh
        position = end
    yield source[position:]
