from django.views.generic import ListView

from apps.content.views import PublishedMixin
from apps.glossary.models import GlossaryTerm


class GlossaryTermList(PublishedMixin, ListView):
    """The whole glossary on one page: a reader comes with a word, and every term has its anchor here."""

    model = GlossaryTerm

    def with_page(self, rows):
        return rows.with_topics().alphabetical()
