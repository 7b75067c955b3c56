"""The list of sources at the end of a text: which of them the portal has already."""

from apps.languages.fields import columns
from apps.languages.fold import fold
from apps.sources.models import Source

# A shorter title may stand in a text by chance.
SHORTEST = 12


def known_sources(text):
    """The :class:`Source` records whose title, in any language, stands in ``text``."""
    folded = fold(text)
    names = columns("title")

    def stands_there(source):
        titles = [fold(getattr(source, name) or "") for name in names]
        return any(len(title) >= SHORTEST and title in folded for title in titles)

    return [source for source in Source.objects.all() if stands_there(source)]
