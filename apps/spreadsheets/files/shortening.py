"""Tags that say nothing, taken out of XML before expat sees it: each tag costs a call, and a sheet has a million.

A text can't hold ``<`` unescaped, so these bytes are tags wherever they stand. A pair is taken out of a piece only
where as many are opened as closed in it; if they were no pairs after all, expat finds the tags unbalanced: refused.
"""

from apps.spreadsheets.files.refused_file import RefusedFile

PRESERVE = b' xml:space="preserve"'
VALUE = ((b'"><v>',), b'">', b"</v></c>", b"</c>")
INLINE = ((b'"><is><t>', b'"><is><t%s>' % PRESERVE), b'">', b"</t></is></c>", b"</c>")
STRING = ((b"<si><t>", b"<si><t%s>" % PRESERVE), b"<si>", b"</t></si>", b"</si>")
RICH = (
    (b"<si><r><t>", b"<si><r><t%s>" % PRESERVE),
    b"<si>",
    b"</t></r></si>",
    b"</si>",
)
NEXT_RUN = (b"</t></r><r><t>", b"</t></r><r><t%s>" % PRESERVE)
# Bytes: no cell that is read is longer.
LONGEST = 1 << 20


def shortened_cells(pieces):
    """``<c r="A1" t="s">7</c>`` for ``<c r="A1" t="s"><v>7</v></c>``, and so for inline strings."""
    for piece in _whole(pieces, b"</c>"):
        yield _without_pairs(_without_pairs(piece, VALUE), INLINE)


def shortened_strings(pieces):
    """``<si>text</si>``. LibreOffice cuts a text wherever Hindi meets English and describes each run."""
    for piece in _whole(pieces, b"</si>"):
        for run in NEXT_RUN:
            piece = piece.replace(run, b"")
        yield _without_pairs(_without_pairs(piece, STRING), RICH)


def _whole(pieces, closing):
    """The same bytes in other pieces, which end after a ``closing`` tag if there is one."""
    kept = b""
    for piece in pieces:
        piece = kept + piece
        end = piece.rfind(closing) + len(closing)
        if end < len(closing):
            end = len(piece) if len(piece) > LONGEST else 0
        kept = piece[end:]
        if end:
            yield piece[:end]
    yield kept


def _without_pairs(piece, pair):
    """Counted by what becomes shorter: to count first would double the time."""
    opening, opened, closing, closed = pair
    shorter = piece.replace(closing, closed)
    pairs = (len(piece) - len(shorter)) // (len(closing) - len(closed))
    for each in opening if pairs else ():
        before = len(shorter)
        shorter = shorter.replace(each, opened)
        pairs -= (before - len(shorter)) // (len(each) - len(opened))
        if not pairs:
            return shorter
    return piece


def without(pieces, tag, most):
    """``pieces`` less all ``<tag>…</tag>``; RefusedFile where these are more than ``most``: each takes its time."""
    opening, closing = b"<%s>" % tag, b"</%s>" % tag
    kept, inside = b"", False
    for piece in pieces:
        parts, at, piece = [], 0, kept + piece
        most -= piece.count(closing)
        if most < 0:
            raise RefusedFile("empty")
        while (found := piece.find(closing if inside else opening, at)) >= 0:
            if inside:
                found += len(closing)
            else:
                parts.append(piece[at:found])
            at, inside = found, not inside
        # The end may be the beginning of what is sought.
        end = max(at, len(piece) - len(closing))
        kept = piece[end:]
        yield b"".join(parts) if inside else b"".join([*parts, piece[at:end]])
    yield kept
