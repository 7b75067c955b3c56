"""What somebody may bring into the records of a kind by a sheet."""

from dataclasses import dataclass

from apps.languages.fields import column_place


@dataclass(frozen=True)
class Bringing:
    """``everything``: rows are made and every column is written, and readers see it at once. Otherwise only the texts
    in ``languages`` (codes) of records that exist are, and of a record that readers see they go into its draft.
    ``kinds``: of a sheet over several kinds of record the names of those that may be written; ``None`` for all.
    """

    everything: bool = False
    languages: tuple = ()
    kinds: frozenset | None = None

    def __bool__(self):
        return self.everything or bool(self.languages)

    def may_write(self, model, name):
        if self.everything:
            return True
        if not self.knows(model):
            return False
        place = column_place(model, name)
        return place is not None and place[1] in self.languages

    def knows(self, model):
        return self.kinds is None or model._meta.label_lower in self.kinds


EVERYTHING = Bringing(everything=True)
# Functions of a user and the name of a kind of sheet that return a Bringing; the room that knows the roles adds its
# own.
rules = []


def bringing_of(user, sheet):
    """What ``user`` may bring by that kind of sheet; ``None``, somebody at the server's terminal, may bring all."""
    if user is None:
        return EVERYTHING
    found = [rule(user, sheet) for rule in rules]
    return next(filter(None, found), Bringing())
