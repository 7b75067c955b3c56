"""References in Markdown: ``[words](event:bandung-conference)``."""

import re

REFERENCE = re.compile(r"([a-z]+):([a-z0-9-]+)")
LINK_TARGET = re.compile(r"\]\(([^)\s]*)\)")


def unknown_references(markdown, kinds):
    """The references in ``markdown`` that lead nowhere: a kind that exists, a record that does not.

    ``kinds``: ``{"event": Event, …}``, as :func:`~apps.content.vocabulary.models_by_reference` gives them.
    """
    targets = {target for target in LINK_TARGET.findall(markdown or "") if REFERENCE.fullmatch(target)}
    wanted = sorted(target.split(":", 1) for target in targets)
    return [
        f"{kind}:{slug}"
        for kind, slug in wanted
        if kind in kinds and not kinds[kind].objects.filter(slug=slug).exists()
    ]
