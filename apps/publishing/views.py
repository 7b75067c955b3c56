"""What readers see of publishing: the editions of a note, and a draft that somebody shared with them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from apps.content.page_cache import CachedPageMixin
from apps.publishing import live, presenting, sharing
from apps.publishing.models import Edition, FormerAddress, draft_of
from apps.publishing.rendering import page_view, render_page


def gone(request, title, text):
    """The answer for what was there once and is no longer."""
    response = render(request, "publishing/gone.html", {"title": title, "text": text}, status=410)
    response.headers["Cache-Control"] = "no-store"  # browsers keep a 410, and a note can be published again
    return response


class SharedDraft(View):
    """The working text of a record, for whoever has the link."""

    def get(self, request, key):
        record = sharing.shared(key)
        if record is None or not page_view(record):
            return gone(request, _("This link no longer works"), _("Ask whoever sent it to you for a new one."))
        if record.is_public and draft_of(record) is None:
            return redirect(record.get_absolute_url())
        snapshot, _clashes = live.working_copy(record)
        context = {"is_preview": True, "is_shared": True, "previews": sharing.links_of(key)}
        response = render_page(request, record, get_language(), snapshot, **context)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class EditionsMixin:
    """``model``: a kind of content that keeps editions. They are public as long as the record is."""

    model = None

    def dispatch(self, request, *args, **kwargs):
        self.record = get_object_or_404(self.model, slug=kwargs["slug"])
        self.editions = Edition.objects.about(self.record)
        if not self.record.is_public:
            if not self.editions.exists():
                raise Http404
            return gone(request, _("This note was withdrawn"), _("Its editions were withdrawn with it."))
        return super().dispatch(request, *args, **kwargs)

    def edition(self):
        return get_object_or_404(self.editions, number=self.kwargs["number"])


class EditionList(EditionsMixin, CachedPageMixin, TemplateView):
    """Every edition of a record, newest first."""

    template_name = "publishing/editions.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.record, editions=self.editions.defer("snapshot"), **kwargs)


class EditionDetail(EditionsMixin, View):
    """The record as it was published once, at an address that stays."""

    def get(self, request, slug, number):
        edition, latest = self.edition(), self.editions.defer("snapshot").first()
        context = {"edition": edition, "latest_edition": latest}
        return render_page(request, self.record, get_language(), edition.snapshot, **context)


class EditionChanges(EditionsMixin, CachedPageMixin, TemplateView):
    """What an edition changed, word by word."""

    template_name = "publishing/edition_changes.html"

    def get_context_data(self, **kwargs):
        edition = self.edition()
        before = self.editions.filter(number__lt=edition.number).first()
        differences = []
        if before:
            differences = presenting.shown_differences(self.model, before.snapshot, edition.snapshot)
        return super().get_context_data(
            record=self.record, edition=edition, before=before, differences=differences, **kwargs
        )


def moved(path):
    """Where the page at ``path`` is now, if a record left that address: the new path, else ``None``."""
    parts = path.split("/")
    for former in FormerAddress.objects.filter(slug__in=[part for part in parts if part]).order_by("-left_at"):
        record = former.record
        if record is None or former.slug not in parts or not record.is_public:
            continue
        new = record.get_absolute_url().split("/")
        if parts[: len(new) - 2] == new[:-2]:
            return "/".join([*new[:-1], *parts[len(new) - 1 :]])
    return None
