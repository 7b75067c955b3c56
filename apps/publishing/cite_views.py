"""How to cite a public record or one of its editions: a page, and a file for reference managers."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.views.generic import TemplateView, View

from apps.content.page_cache import CachedPageMixin
from apps.languages.fields import language_columns, own_name, reading, reading_order, translated_fields
from apps.publishing.citing import STYLES, Work, bibtex, cite
from apps.publishing.views import EditionsMixin


@dataclass(frozen=True)
class InOneLanguage:
    """What the page says for one language: ``citations`` are ``[("APA", safe HTML), …]``, ``file`` an address."""

    code: str
    name: str
    work: Work
    file: str

    @property
    def citations(self):
        return [(style, cite(self.work, style)) for style in STYLES]

    @property
    def bibtex(self):
        return bibtex(self.work)


class CitedMixin(EditionsMixin):
    """A record, or with a number in the address that edition of it, to be cited."""

    def cited_edition(self):
        """The :class:`Edition` or ``None``; the record then has that edition's texts, which are never saved."""
        if "number" not in self.kwargs:
            return None
        edition = self.edition()
        edition.record = self.record
        for name in language_columns(self.model):
            setattr(self.record, name, edition.snapshot["record"].get(name, ""))
        return edition


class CitePage(CitedMixin, CachedPageMixin, TemplateView):
    """Every style in every language that the record has a title in, the reader's own first."""

    template_name = "publishing/cite.html"

    def get_context_data(self, **kwargs):
        edition = self.cited_edition()
        name = self.record.label_field
        codes = [code for code in reading_order() if not reading(self.record, name, code).borrowed]
        return super().get_context_data(
            record=self.record,
            cited_edition=edition,
            latest=None if edition else self.editions.defer("snapshot").first(),
            languages=[self._in(code, edition) for code in codes],
            **kwargs,
        )

    def _in(self, code, edition):
        with override(code):
            # "topics:cite" leads to "topics:cite-file", "topics:edition-cite" to "topics:edition-cite-file".
            file = reverse(f"{self.request.resolver_match.view_name}-file", kwargs=self.kwargs)
            return InOneLanguage(code, own_name(code), work_of(self.record, edition), file)


class CiteFile(CitedMixin, View):
    """The BibTeX entry in the address's language."""

    def get(self, request, **kwargs):
        edition = self.cited_edition()
        work = work_of(self.record, edition)
        return HttpResponse(
            bibtex(work),
            content_type="application/x-bibtex; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{work.key}.bib"'},
        )


def work_of(record, edition=None):
    """The :class:`Work` that ``record``, or this ``edition`` of it, is for a reader of the active language."""
    author = reading(record, "author").text if "author" in translated_fields(type(record)) else ""
    return Work(
        title=str(record),
        container=gettext("South-South Cooperation"),
        url=settings.SITE_URL + (edition or record).get_absolute_url(),
        language=get_language().split("-")[0],
        slug=record.slug,
        # The author line is one name, a person's or an institution's: who could tell where to divide it?
        authors=(author,) if author else (),
        issued=timezone.localdate(edition.published_at if edition else record.updated_at),
        accessed=timezone.localdate(),
        edition=edition.number if edition else None,
    )
