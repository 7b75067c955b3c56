"""A zip file whose members are copied as they lie, packed, except for those that change."""

import copy
import io
import struct
import zipfile

from apps.spreadsheets.files.marks.wanted import Unmarkable

# Of a member's own header: its fixed part, the lengths of its name and its extra field at the end of it.
LOCAL_HEADER = struct.Struct("<26xHH")
SIZES_FOLLOW = 0x08


class Archive:
    """``data``: the bytes of a zip file. ``unpacked``: how large a member may be to be read, in bytes."""

    def __init__(self, data, *, unpacked):
        self.data, self.unpacked = data, unpacked
        self.file = zipfile.ZipFile(io.BytesIO(data))
        self.names = {member.filename for member in self.file.infolist()}
        packed = sum(member.compress_size for member in self.file.infolist())
        # Members that share bytes would swell the copy.
        if len(self.names) < len(self.file.infolist()) or packed > len(data):
            raise Unmarkable("structure")

    def read(self, name):
        with self.file.open(name) as member:
            content = member.read(self.unpacked + 1)
        if len(content) > self.unpacked:
            raise Unmarkable("size")
        return content

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
