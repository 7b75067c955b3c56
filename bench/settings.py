"""The least that Django can do: one view, no middleware. What the note page is measured against."""

from sscportal.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "bench.bare"
