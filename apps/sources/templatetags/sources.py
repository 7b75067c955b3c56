"""How a page shows that sources differ."""

from django import template

register = template.Library()


@register.simple_tag
def differences_of(record):
    """``[{"fact", "section", "citations"}, …]``: what sources disagree on; ``section`` is where in a note it stands."""
    return [
        {"fact": fact, "section": next((each.section for each in group if each.section), ""), "citations": group}
        for fact, group in record.differences
    ]


@register.simple_tag
def differing_facts(record):
    """The facts on which the sources of ``record`` disagree: a row of facts shows even where no value is settled."""
    return [fact.value for fact, _group in record.differences]


@register.inclusion_tag("sources/_difference.html")
def difference(record, fact):
    """The mark beside one fact of ``record``, opening to who says what; nothing where the sources agree."""
    return {"differing": dict(record.differences).get(fact, []), "fact": None}
