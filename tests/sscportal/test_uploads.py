"""A file on its way in is on no disk's list of files."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from sscportal.uploads import NamelessFileUploadHandler

DATA = os.urandom(1 << 16)


@pytest.fixture
def handler(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    found = NamelessFileUploadHandler()
    found.new_file("file", "sheet.xlsx", "text/plain", len(DATA))
    found.receive_data_chunk(DATA, 0)
    return found


def test_while_it_comes_no_file_has_its_name(handler, tmp_path):
    assert list(tmp_path.iterdir()) == []
    file = handler.file_complete(len(DATA))
    assert (file.name, file.size, file.read()) == ("sheet.xlsx", len(DATA), DATA)


def test_what_breaks_off_is_gone(handler):
    handler.upload_interrupted()
    assert handler.file.closed


def test_a_large_file_comes_whole(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("sheet.xlsx", DATA)})
    assert request.FILES["file"].read() == DATA
