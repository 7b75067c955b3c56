"""The further sheets of a file, of which the portal reads nothing, and what may be done about them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.spreadsheets.kinds import sheet_named

# Characters of the title of a sheet that is read.
LONGEST = 60


def unread_told(batch):
    """``[sentence, …]`` about the sheets of its file that were passed over; none if there are no such."""
    if not batch.unread:
        return []
    sentences = [_("Not read: %(titles)s.") % {"titles": _quoted(batch.unread)}]
    parts = _parts(batch)
    # Of a file that was refused on the way nobody knows which of these would have been read.
    read = [] if parts and batch.problems else [each["title"][:LONGEST] for each in batch.headings if each["title"]]
    if read:
        only = ngettext("Of this file only %(titles)s is read.", "Of this file only %(titles)s are read.", len(read))
        sentences.append(only % {"titles": _quoted(read)})
    sentences.append(
        ngettext(
            "If its rows are meant for the portal, move them into a sheet that is read, and bring the file again.",
            "If their rows are meant for the portal, move them into a sheet that is read, and bring the file again.",
            len(batch.unread),
        )
    )
    there = {each["title"].strip().casefold() for each in batch.headings}
    missing = [part.title for part in parts if not there & part.titles]
    if missing and not batch.problems:
        sentences.append(_("Or name the sheet %(titles)s, if that is what it holds.") % {"titles": _quoted(missing)})
    return sentences


def _quoted(titles):
    return ", ".join(f"“{' '.join(title.split())}”" for title in titles)


def _parts(batch):
    try:
        return sheet_named(batch.sheet).parts
    except LookupError:  # a kind that is no more
        return ()
