"""What a sheet is refused with: sentences that an editor can act on."""

from difflib import SequenceMatcher

from django.utils.translation import gettext as _


class Refused(ValueError):
    """The sheet as a whole can't be read or written; each of ``sentences`` says why and what to do."""

    def __init__(self, *sentences):
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))


def nearest(text, known):
    """The one of ``known`` that ``text`` was probably meant to be, or ``""``."""
    matcher, best, likeness = SequenceMatcher(b=text.strip().casefold()[:100]), "", 0.4
    for each in known:
        matcher.set_seq1(each.casefold())
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
            best, likeness = each, matcher.ratio()
    return best


def with_nearest(sentence, text, known):
    """``sentence``, and the nearest of ``known`` if one is near."""
    guess = nearest(text, known)
    return " ".join([sentence, _("The nearest is “%(guess)s”.") % {"guess": guess}]) if guess else sentence
