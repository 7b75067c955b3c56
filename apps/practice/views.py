from django.views.generic import DetailView

from apps.content.views import PublishedMixin
from apps.topics.models import Topic


class Practice(PublishedMixin, DetailView):
    """The questions on one note, each with its answer folded beneath it."""

    model = Topic
    template_name = "practice/questions.html"

    def with_page(self, rows):
        return rows.prefetch_related("questions")
