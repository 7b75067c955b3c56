"""Uploaded files that leave nothing on the disk, whatever becomes of the process that receives them."""

import tempfile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler


class NamelessFile(UploadedFile):
    """Without a name the system deletes it with the process; Django's own stays in the folder after a kill."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None):
        file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - whoever reads it closes it
        super().__init__(file, name, content_type, size, charset, content_type_extra)


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    def new_file(self, *args, **kwargs):
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = NamelessFile(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()
