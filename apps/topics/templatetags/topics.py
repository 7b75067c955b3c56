"""What other rooms' pages show of the study notes."""

from django import template

from apps.topics.models import Topic

register = template.Library()


@register.simple_tag
def course():
    """Every public note in the order of the course."""
    return Topic.objects.published().order_by("position")


@register.inclusion_tag("topics/_notes_about.html")
def notes_about(record):
    """The public notes that name ``record``, an organisation or an event."""
    return {"topics": Topic.objects.published().about(record)}
