"""What the check finds: one damaged run, where it stands, what it was, and how sure that is."""

import enum
import functools
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@functools.total_ordering
class Certainty(enum.Enum):
    """How sure a proposed reading is. Ordered: ``run.certainty >= Certainty.LIKELY``."""

    UNSURE = "unsure", _("unsure")
    LIKELY = "likely", _("likely")
    CERTAIN = "certain", _("certain")

    def __new__(cls, value, label):
        member = object.__new__(cls)
        member._value_ = value
        member.rank = len(cls.__members__)
        member.label = label
        return member

    def __lt__(self, other):
        return self.rank < other.rank if isinstance(other, Certainty) else NotImplemented


@dataclass(frozen=True)
class Damage:
    """One damaged run: the ``text`` as it stands, its ``start`` (in characters), the ``reading`` that is proposed
    for it (``""``: none), and the ``certainty`` of that.
    """

    text: str
    start: int
    reading: str
    certainty: Certainty

    @property
    def end(self):
        return self.start + len(self.text)
