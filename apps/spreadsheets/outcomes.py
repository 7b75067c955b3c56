"""What becomes of one row of a sheet: made, changed, left as it is, or refused; and why."""

from dataclasses import dataclass, field

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
KINDS = (NEW, CHANGED, SAME, REFUSED)


@dataclass
class Outcome:
    """``row``: as the spreadsheet program counts it, on the ``sheet``-th sheet. ``name``: what the record is called.

    ``cells``: ``{column: [before, after]}``, texts, only what changes. ``values``, ``olds``: ``{column: value}``, what
    is to be stored and what was, where it is another than the text. ``seen``: the time of the record's last change,
    ``version``: the one from which the row was exported, if it says so; ``outdated``: what the record said of its
    translations. ``errors``: ``[[column or "", text of cell, sentence], …]``. ``doubts``: ``[[column, sentence], …]``.
    ``needs``: ids of records that other rows of the file make, or take from the place that this one gets. ``model``: of
    texts that go into drafts the name of the record's kind. ``source``: of a translation the text that it is made from,
    or its beginning.
    """

    row: int
    kind: str = SAME
    sheet: int = 0
    name: str = ""
    pk: str = ""
    model: str = ""
    source: str = ""
    cells: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    olds: dict = field(default_factory=dict)
    seen: str = ""
    version: str = ""
    outdated: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    needs: list = field(default_factory=list)

    def refuse(self, column, text, *sentences):
        self.kind = REFUSED
        self.errors += [[column, text, str(sentence)] for sentence in sentences]

    def as_json(self):
        return {name: value for name, value in vars(self).items() if value}

    def value_of(self, column):
        """What is stored for ``column`` (a :class:`~apps.spreadsheets.columns.Column`)."""
        name = column.name
        return column.from_kept(self.values[name]) if name in self.values else self.cells[name][1]

    def old_value_of(self, column):
        name = column.name
        return column.from_kept(self.olds[name]) if name in self.olds else self.cells[name][0]


@dataclass(frozen=True)
class Touched:
    """A record of the batch that something else has touched: ``row`` of the ``sheet``-th sheet of the file, ``name`` as
    the batch has it, and how (``sentence``). ``model`` and ``pk``, texts: the record itself, ``pk`` "" if nobody knows
    it any more.
    """

    row: int
    name: str
    sentence: str
    sheet: int = 0
    model: str = ""
    pk: str = ""

    @classmethod
    def by(cls, outcome, sentence, model, pk=None):
        """Of the record of ``outcome``; or of ``pk``, if it is a part of another, and that is meant."""
        return cls(
            outcome.row, outcome.name, str(sentence), outcome.sheet, model._meta.label_lower, str(pk or outcome.pk)
        )


class Conflict(Exception):
    """``outcomes``: of a part, those whose records are no longer what the preview showed, each with its sentence."""

    def __init__(self, outcomes):
        super().__init__(outcomes)
        self.outcomes = outcomes
