"""What other rooms' pages show of the events."""

from django import template

from apps.events.models import Event

register = template.Library()


@register.inclusion_tag("events/_timeline.html")
def events_of(organisation):
    return {"events": Event.objects.published().of(organisation).with_differences()}
