"""What the desk's first page shows: what waits, how far the languages have come, and the list of everything."""

from django import template
from django.utils.translation import gettext as _

from apps.content.models import Record
from apps.editorial.dashboard import Board

register = template.Library()


@register.inclusion_tag("admin/_dashboard.html", takes_context=True)
def dashboard(context):
    return {"board": Board(context["request"])}


@register.inclusion_tag("admin/_everything.html")
def everything(app_list):
    """All lists that the person may open, the kinds of record first. ``app_list``: as the admin gives it."""
    models = sorted((model for app in app_list for model in app["models"]), key=lambda model: str(model["name"]))
    records = [model for model in models if issubclass(model["model"], Record)]
    others = [model for model in models if model not in records]
    return {"groups": [(_("Records"), records), (_("People and upkeep"), others)] if models else []}
