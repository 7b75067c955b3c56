from django.views.generic import DetailView, ListView

from apps.content.views import PublishedMixin
from apps.topics.models import Topic


class TopicList(PublishedMixin, ListView):
    queryset = Topic.objects.order_by("position")
    paginate_by = 50


class TopicDetail(PublishedMixin, DetailView):
    queryset = Topic.objects.with_reading()
