from django.views.generic import DetailView

from apps.content.views import PublishedMixin
from apps.topics.models import Topic


class Practice(PublishedMixin, DetailView):
    """The questions on one note, each with its answer folded beneath it."""

    queryset = Topic.objects.prefetch_related("questions")
    template_name = "practice/questions.html"
