"""What a sheet is refused with: sentences that an editor can act on."""

from difflib import SequenceMatcher

from django.utils.translation import gettext as _


class Refused(ValueError):
    """The sheet as a whole can't be read or written; each of ``sentences`` says why and what to do."""

    def __init__(self, *sentences):
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))


# Letters of a text that are compared: no heading and no choice is longer.
LONGEST = 100


def nearest(text, known, likeness=0.4):
    """The one of ``known`` that ``text`` was probably meant to be, or ``""``; each is compared, so for a few hundred.

    ``likeness``: from 0 to 1, more than which it must be. For thousands there is
    :class:`~apps.spreadsheets.nearness.Nearness`.
    """
    matcher, best = SequenceMatcher(b=text.strip().casefold()[:LONGEST]), ""
    for each in known:
        matcher.set_seq1(each.strip().casefold()[:LONGEST])
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
            best, likeness = each, matcher.ratio()
    return best


def with_nearest(sentence, text, known, likeness=0.4):
    """``sentence``, and the nearest of ``known`` if one is near."""
    guess = nearest(text, known, likeness)
    return " ".join([sentence, _("The nearest is “%(guess)s”.") % {"guess": guess}]) if guess else sentence
