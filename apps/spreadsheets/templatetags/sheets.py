"""What the pages of imported sheets ask for."""

from django import template

from apps.spreadsheets.progress import grouped

register = template.Library()
register.filter("grouped", grouped)
