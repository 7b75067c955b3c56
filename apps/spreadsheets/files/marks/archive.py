"""A zip file whose members are copied as they lie, packed, except for those that change."""

import copy
import io
import struct
import zipfile

from apps.spreadsheets.files import archive

# Of a member's own header: its fixed part, the lengths of its name and its extra field at the end of it.
LOCAL_HEADER = struct.Struct("<26xHH")
SIZES_FOLLOW = 0x08


class Archive:
    """``data``: the bytes of a zip file. It is read, and refused, as when it came in."""

    def __init__(self, data, limits):
        self.data, self.distrusted = data, archive.Archive(data, limits)
        self.file = zipfile.ZipFile(io.BytesIO(data))
        self.names = {member.filename for member in self.file.infolist()}

    def read(self, name):
        return b"".join(self.distrusted.pieces(name))

    def with_changes(self, changes):
        """The file with ``changes``: ``{name: [bytes, …]}``."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            for member in self.file.infolist():
                if member.filename in changes:
                    self._write(target, member, changes[member.filename])
                else:
                    self._copy(target, member)
        return stream.getvalue()

    def _write(self, target, member, pieces):
        fresh = zipfile.ZipInfo(member.filename, member.date_time)
        fresh.compress_type, fresh.external_attr = zipfile.ZIP_DEFLATED, member.external_attr
        with target.open(fresh, "w") as written:
            for piece in pieces:
                written.write(piece)

    def _copy(self, target, member):
        """Without unpacking: quicker, and a bomb that nobody asked for stays packed."""
        name_length, extra_length = LOCAL_HEADER.unpack_from(self.data, member.header_offset)
        start = member.header_offset + LOCAL_HEADER.size + name_length + extra_length
        fresh = copy.copy(member)
        fresh.header_offset = target.fp.tell()
        fresh.flag_bits &= ~SIZES_FOLLOW
        fresh.extra = b""
        target.fp.write(fresh.FileHeader(zip64=False))
        target.fp.write(self.data[start : start + member.compress_size])
        target.filelist.append(fresh)
        target.NameToInfo[fresh.filename] = fresh
        target.start_dir = target.fp.tell()
        target._didModify = True
