"""The nearest of very many texts to a misspelt one, without comparing it with each of them."""

from array import array
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from heapq import nlargest
from operator import add

# Letters of a text that are looked at.
LONGEST = 60
# Pairs of letters are counted, the rarest first, until so many texts that share one were met.
MOST_MET = 200_000
# As many of the likeliest are compared letter by letter.
MOST_COMPARED = 20
# Half the letters may be right by chance; a slip of the hand leaves more.
LEAST_LIKENESS = 0.6


class Nearness:
    """Texts by the pairs of letters in them; each text stands for something. Some 100 bytes a text."""

    def __init__(self, pairs):
        """``pairs``: (text, what it stands for); the first of several alike is the nearest."""
        self.texts, self.meanings, self.places = [], [], defaultdict(lambda: array("I"))
        for place, (text, meaning) in enumerate(pairs):
            for pair in letter_pairs(text):
                self.places[pair].append(place)
            self.texts.append(text[:LONGEST])
            self.meanings.append(meaning)

    def nearest(self, text):
        """What the text stands for that ``text`` was probably meant to be, or None."""
        matcher, best, likeness = SequenceMatcher(b=text[:LONGEST], autojunk=False), None, LEAST_LIKENESS
        for place in self._likely(letter_pairs(text)):
            matcher.set_seq1(self.texts[place])
            if (ratio := matcher.ratio()) > likeness:
                best, likeness = self.meanings[place], ratio
        return best

    def _likely(self, pairs):
        shared, met = Counter(), 0
        for places in sorted((self.places[pair] for pair in pairs if pair in self.places), key=len):
            met += len(places)
            if met > MOST_MET and shared:
                break
            shared.update(places)
        least = max(shared.values(), default=0) / 2
        near = [place for place, count in shared.items() if count >= least]
        return nlargest(MOST_COMPARED, near, key=lambda place: shared[place] / (len(pairs) + len(self.texts[place])))


def letter_pairs(text):
    """``{" u", "un", "n "}``: the beginning and the end of the word count too."""
    padded = f" {text[:LONGEST]} "
    return set(map(add, padded, padded[1:]))
