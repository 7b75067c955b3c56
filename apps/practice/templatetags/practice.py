"""What the note's page shows of its questions: the way to them."""

from django import template

register = template.Library()


@register.inclusion_tag("practice/_link.html")
def practice_link(topic):
    return {"topic": topic}
