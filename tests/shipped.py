"""The files of the content that this portal ships; each is parsed once, however many tests look into it."""

from functools import cache

import yaml
from django.conf import settings

FOLDER = settings.FIXTURE_DIRS[0]
FILES = sorted(FOLDER.rglob("*.yaml"))


@cache
def rows(path):
    """``[{"model": …, "fields": {…}}, …]``, to be read and not changed."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
