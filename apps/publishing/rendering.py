"""A record's own page as readers will get it, whatever its state: for editors only."""

import copy

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.translation import override
from django.views.generic import DetailView

from apps.content.views import PublishedMixin


def page_view(record):
    """The class of the view behind the record's address if it is a page of its own; ``None`` for a place on a list.

    Found through the address on purpose: the desk knows no app's views, and what it shows is what readers get.
    """
    match = resolve(_path(record))
    return match.func.view_class if issubclass(match.func.view_class, DetailView) else None


def list_path(record):
    """The address of the list that shows the record, in the active language."""
    return _path(record)


def preview(request, record, language, **context):
    """The answer with ``record``'s page in ``language``; ``context`` goes to the template beside ``is_preview``."""
    with override(language):
        path = _path(record)
        match = resolve(path)
        public_request = copy.copy(request)  # links to "this page" lead to where it will stand
        public_request.path = public_request.path_info = path
        view = match.func.view_class()
        view.setup(public_request, **match.kwargs)
        rows = view.with_page(super(PublishedMixin, view).get_queryset())  # without the wait for publication
        view.object = rows.get(pk=record.pk)
        context = view.get_context_data(is_preview=True, **context)
        page = render_to_string(view.get_template_names(), context, public_request)
    return HttpResponse(page, headers={"Content-Language": language, "X-Robots-Tag": "noindex"})


def _path(record):
    return record.get_absolute_url().partition("#")[0]
