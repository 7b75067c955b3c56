"""Which texts a translator's sheet has."""

from apps.content.models import record_models
from apps.content.translation_state import TranslationState
from apps.spreadsheets.records.wholes import rows_of, wholes_of

OPEN = (TranslationState.MISSING, TranslationState.OUTDATED)
ALL = tuple(TranslationState)


class Selection:
    """``records``: ``{model: queryset}``, or ``None`` for every record of the portal; the parts of a chosen record come
    with it, and a chosen part comes alone. ``states``: of these translations only (:data:`OPEN`, :data:`ALL`).
    ``kinds``: only rows of these models, or ``None``.
    """

    def __init__(self, records=None, states=ALL, kinds=None):
        self.states, self.kinds = frozenset(states), kinds
        self.records = {model: model.objects.all() for model in record_models()} if records is None else records
        # {model: {id of a whole: None for all of it, or {ids of its parts}}}
        self.chosen = {model: {} for model in record_models() if not model.whole_relation}
        for model in record_models():
            # Of everything, the parts are there already.
            if model in self.records and not (records is None and model.whole_relation):
                self._choose(self.records[model])

    def _choose(self, rows):
        for pk, (model, whole) in wholes_of(rows).items():
            if not rows.model.whole_relation:
                self.chosen[model][whole] = None
            elif (known := self.chosen[model].setdefault(whole, set())) is not None:
                known.add(pk)

    @property
    def count(self):
        return sum(map(len, self.chosen.values()))

    def rows(self, whole):
        """Those of ``whole`` and its parts that were chosen."""
        parts = self.chosen[type(whole)][whole.pk]
        rows = [row for row in rows_of(whole) if parts is None or row.pk in parts]
        return rows if self.kinds is None else [row for row in rows if type(row) in self.kinds]
