"""A record's own page as readers get it, made from any text of it: a draft, an edition, what is not public yet."""

import copy

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.translation import override
from django.views.generic import DetailView

from apps.content.views import PublishedMixin
from apps.publishing.snapshots import overlay


def page_view(record):
    """The class of the view behind the record's address if it is a page of its own; ``None`` for a place on a list.

    Found through the address on purpose: the desk knows no app's views, and what it shows is what readers get.
    """
    match = resolve(_path(record))
    return match.func.view_class if issubclass(match.func.view_class, DetailView) else None


def list_path(record):
    """The address of the list that shows the record, in the active language."""
    return _path(record)


def render_page(request, record, language, snapshot, *, at_its_address=False, **context):
    """The answer with ``record``'s page in ``language``, its text as in ``snapshot``; ``context`` goes to the template.

    Nothing is written. The record's row must be there; whether it is public does not matter. ``at_its_address``: links
    to "this page" lead to where the record will stand, else to where the request came.
    """
    with override(language):
        path = _path(record)
        match = resolve(path)
        public_request = copy.copy(request)
        if at_its_address:
            public_request.path = public_request.path_info = path
        view = match.func.view_class()
        view.setup(public_request, **match.kwargs)
        rows = view.with_page(super(PublishedMixin, view).get_queryset())  # without the wait for publication
        view.object = overlay(rows.get(pk=record.pk), snapshot, rows._prefetch_related_lookups)
        context = view.get_context_data(**context)
        page = render_to_string(view.get_template_names(), context, public_request)
    return HttpResponse(page, headers={"Content-Language": language, "X-Robots-Tag": "noindex"})


def _path(record):
    return record.get_absolute_url().partition("#")[0]
