"""The records that a file is about to make, while its rows are judged: rows above and below may name them."""

from apps.content.references import references_in
from apps.content.vocabulary import models_by_reference


class Made(dict):
    """``{id: row}`` of the records that a file makes. ``waiting``: the ids of records whose rows wait for rows below.

    ``addresses``: of :func:`~apps.content.references.addresses_read_once`, so that texts may refer to such a record.
    """

    def __init__(self, addresses):
        super().__init__()
        self.addresses, self.waiting, self._pks = addresses, set(), {}

    def learn(self, model, slug, pk):
        self.addresses[model].add(slug)
        self._pks[model, slug] = pk

    def forget(self, model, slug):
        self.addresses[model].discard(slug)
        self._pks.pop((model, slug), None)

    def referred_to(self, markdown):
        """The ids of those that it refers to."""
        if not self._pks or "](" not in markdown:
            return []
        kinds = models_by_reference()
        found = [self._pks.get((kinds.get(kind), slug)) for kind, slug in references_in(markdown)]
        return [pk for pk in found if pk]
