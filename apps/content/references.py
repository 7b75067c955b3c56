"""References in Markdown: ``[words](event:bandung-conference)``."""

import re
from contextlib import contextmanager
from contextvars import ContextVar

REFERENCE = re.compile(r"([a-z]+):([a-z0-9-]+)")
LINK_TARGET = re.compile(r"\]\(([^)\s]*)\)")


# {model: its slugs}, while many records are checked one after the other.
_read_once = ContextVar("addresses that were read once", default=None)


def unknown_references(markdown, kinds):
    """The references in ``markdown`` that lead nowhere: a kind that exists, a record that does not.

    ``kinds``: ``{"event": Event, …}``, as :func:`~apps.content.vocabulary.models_by_reference` gives them.
    """
    return [
        f"{kind}:{slug}" for kind, slug in references_in(markdown) if kind in kinds and not _exists(kinds[kind], slug)
    ]


def references_in(markdown):
    """``[["event", "bandung-conference"], …]``, each once, sorted."""
    if not markdown or "](" not in markdown:
        return []
    targets = {target for target in LINK_TARGET.findall(markdown) if REFERENCE.fullmatch(target)}
    return sorted(target.split(":", 1) for target in targets)


@contextmanager
def addresses_read_once():
    """Inside, the address names of a kind are read in one query, not one for each reference. Yields
    ``{model: {slug, …}}``, to which whoever is about to make records may add theirs.
    """
    known = _Addresses()
    token = _read_once.set(known)
    try:
        yield known
    finally:
        _read_once.reset(token)


class _Addresses(dict):
    def __missing__(self, model):
        self[model] = set(model.objects.values_list("slug", flat=True))
        return self[model]


def _exists(model, slug):
    known = _read_once.get()
    return model.objects.filter(slug=slug).exists() if known is None else slug in known[model]
