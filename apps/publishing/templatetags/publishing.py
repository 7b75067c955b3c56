"""What a record's page shows of its editions."""

from django import template

from apps.publishing.models import Edition

register = template.Library()


@register.inclusion_tag("publishing/_edition_line.html")
def edition_line(record, edition=None):
    """Which edition one reads, how to cite it, and the way to the others; ``edition``: the one on an edition's page."""
    return {"record": record, "edition": edition or Edition.objects.about(record).defer("snapshot").first()}
