"""LibreOffice, without a window: it opens sheets and saves them again."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

# Comma, double quote, UTF-8 and cells as they are shown; so an editor saves "Text CSV".
SAVED_AS = {"xlsx": "xlsx", "ods": "ods", "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"}


def saved_again(kind, files, folder):
    """``{name: bytes}`` of ``files``, all of one kind, opened and saved by LibreOffice; ``folder``: to work in."""
    soffice = os.environ.get("SOFFICE") or shutil.which("soffice")
    if not soffice:
        pytest.fail("These tests need LibreOffice: run them with 'make test', which finds or installs one.")
    for name, data in files.items():
        (folder / f"{name}.{kind}").write_bytes(data)
    profile = f"-env:UserInstallation={_profile().as_uri()}"
    # Without a window LibreOffice takes a CSV for Windows-1252, whatever its byte order mark says.
    opened_as = ["--infilter=CSV:44,34,76,1"] if kind == "csv" else []
    command = [soffice, profile, "--headless", *opened_as, "--convert-to", SAVED_AS[kind], "--outdir", folder / "saved"]
    paths = [folder / f"{name}.{kind}" for name in files]
    subprocess.run([*command, *paths], check=True, capture_output=True, timeout=180)
    return {name: (folder / "saved" / f"{name}.{kind}").read_bytes() for name in files}


@cache
def _profile():
    """A profile of this process's own: two LibreOffices with one profile are one, and the second one does nothing. To
    make one takes LibreOffice longer than to open a sheet.
    """
    folder = tempfile.mkdtemp(prefix="sscportal-libreoffice-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
