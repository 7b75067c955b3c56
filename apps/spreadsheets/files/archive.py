"""The zip file that an uploaded workbook is, read with distrust.

Not ``zipfile``: it takes longer to import than most sheets take to read, and it believes what the list of contents says
of sizes and places. Here what comes out is counted as it comes out. Layout: PKWARE's APPNOTE.TXT, 4.3.
"""

import struct
from zlib import crc32, decompressobj

from apps.spreadsheets.files.refused_file import RefusedFile

END = struct.Struct("<4s4H2LH")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
LONGEST_COMMENT = 65_535
# Bytes, beside a member's name. Programs need some thirty; a walk through 64 kB a thousand times takes seconds.
LONGEST_EXTRA = 4096
ENCRYPTED, STORED, DEFLATED = 1, 0, 8
IN_ZIP64 = 0xFFFFFFFF
PIECE = 1 << 18


class Archive:
    """The members by name in small letters, as Excel compares them.

    ``data``: bytes or a map of them. Raises :class:`RefusedFile`: "kind" where this is no zip file, "password",
    "members", "unpacked", and "broken" where the list of contents contradicts the file.
    """

    def __init__(self, data, limits):
        self.data, self.limits = data, limits
        self.room = limits["unpacked_megabytes"] << 20
        self.members = {}
        entries, listed_at = self._entries()
        for name, *about in entries:
            if name in self.members:
                raise RefusedFile("broken")
            self.members[name] = about
        self._refuse_overlaps(listed_at)
        if sum(size for *_, size, _crc in self.members.values()) > self.room:
            raise RefusedFile("unpacked")

    def __contains__(self, name):
        return name.lower() in self.members

    def size(self, name):
        """The bytes that the member is said to unpack to; more do not come."""
        return self.members[name.lower()][4] if name in self else 0

    def _entries(self):
        """``[(name, offset, method, packed size, unpacked size, checksum)]``, and where this list starts."""
        data = self.data
        end = data.rfind(b"PK\5\6", max(0, len(data) - END.size - LONGEST_COMMENT))
        if end < 0 or len(data) - end < END.size:
            raise RefusedFile("broken" if data[:4] == b"PK\3\4" else "kind")  # broken off
        *_, count, _size, listed_at, _comment = END.unpack_from(data, end)
        if count > self.limits["members"]:
            raise RefusedFile("members")
        entries, at = [], listed_at
        for _number in range(count):
            if at + ENTRY.size > end:
                raise RefusedFile("broken")
            entry, at = self._entry(at)
            entries.append(entry)
        return entries, listed_at

    def _entry(self, at):
        """One entry of the list, and where the next one is."""
        mark, _, _, flags, method, _, _, crc, packed, size, long, extra, comment, *_, offset = ENTRY.unpack_from(
            self.data, at
        )
        if mark != b"PK\1\2":
            raise RefusedFile("broken")
        if flags & ENCRYPTED:
            raise RefusedFile("password")
        at += ENTRY.size
        name, rest = self.data[at : at + long], self.data[at + long : at + long + extra]
        if IN_ZIP64 in (size, packed, offset):
            size, packed, offset = _from_zip64(rest, [size, packed, offset])
        place = offset + LOCAL.size
        if self.data[offset : offset + 4] != b"PK\3\4" or self.data[place : place + long] != name:
            raise RefusedFile("broken")
        *_, long_here, extra_here = LOCAL.unpack_from(self.data, offset)
        start = place + long_here + extra_here
        text = name.decode("utf-8", "replace").replace("\\", "/").lower()
        return (text, offset, start, method, packed, size, crc), at + long + extra + comment

    def _refuse_overlaps(self, listed_at):
        """Members that share bytes are how a small zip bomb unpacks to petabytes."""
        places = sorted((about[0], about[1] + about[3]) for about in self.members.values())
        starts = [start for start, _end in places[1:]] + [listed_at]
        if any(end > following for (_start, end), following in zip(places, starts)):  # noqa: B905
            raise RefusedFile("broken")

    def pieces(self, name):
        """The member's content, unpacked piece by piece."""
        if name.lower() not in self.members:
            raise RefusedFile("broken")
        _offset, start, method, packed, size, crc = self.members[name.lower()]
        if method not in (STORED, DEFLATED):
            raise RefusedFile("broken")
        seen = check = 0
        for piece in self._inflated(start, start + packed) if method else self._stored(start, start + packed):
            seen += len(piece)
            self.room -= len(piece)
            if self.room < 0:
                raise RefusedFile("unpacked")
            if seen > size:
                raise RefusedFile("broken")
            check = crc32(piece, check)
            yield piece
        if (seen, check) != (size, crc):
            raise RefusedFile("broken")

    def _stored(self, start, end):
        for at in range(start, end, PIECE):
            yield self.data[at : min(at + PIECE, end)]

    def _inflated(self, start, end):
        inflate = decompressobj(-15)
        for packed in self._stored(start, end):
            while packed:
                yield inflate.decompress(packed, PIECE)
                packed = inflate.unconsumed_tail
            if inflate.eof:
                return
        while piece := inflate.decompress(b"", PIECE):
            yield piece


def _from_zip64(extra, values):
    """``values``, those that don't fit 32 bits from the field that holds them instead (APPNOTE 4.5.3)."""
    if len(extra) > LONGEST_EXTRA:
        raise RefusedFile("broken")
    at = 0
    while at + 4 <= len(extra):
        kind, long = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{long // 8}Q", extra, at + 4))
            return [next(numbers, IN_ZIP64) if value == IN_ZIP64 else value for value in values]
        at += 4 + long
    return values
