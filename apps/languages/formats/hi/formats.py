"""Dates as India writes them: 2 अक्टूबर 1987. Django's own Hindi formats read 03/04 as the fourth of March."""

from apps.languages.formats.en.formats import *  # noqa: F403

# Indian grouping: 12,34,567.
NUMBER_GROUPING = (3, 2, 0)
THOUSAND_SEPARATOR = ","
DECIMAL_SEPARATOR = "."
