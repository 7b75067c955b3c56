#!/usr/bin/env python
import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

# Where "make run" keeps its own: a command beside it is about the same portal.
KEY = Path(__file__).resolve().parent / "var" / "secret_key"

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscportal.settings")
    if not os.environ.get("SECRET_KEY") and KEY.exists():
        os.environ["SECRET_KEY"] = KEY.read_text().strip()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
