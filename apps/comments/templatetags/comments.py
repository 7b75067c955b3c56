"""What the note's page shows of its comments. The same for every reader: no form, no token, no cookie."""

from django import template

from apps.comments.threads import threads

register = template.Library()


@register.inclusion_tag("comments/_comments.html")
def comments(topic):
    found, older_left_out = threads(topic)
    return {"topic": topic, "threads": found, "older_left_out": older_left_out}
