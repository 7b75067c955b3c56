from django.views.generic import DetailView, ListView

from apps.content.linked_data import address, languages_of, thing
from apps.content.views import PublishedMixin
from apps.languages.fields import reading
from apps.topics.models import Topic


class TopicList(PublishedMixin, ListView):
    model = Topic
    ordering = "position"
    paginate_by = 50


class TopicDetail(PublishedMixin, DetailView):
    model = Topic

    def with_page(self, rows):
        return rows.with_reading()

    def get_context_data(self, **kwargs):
        topic = self.object
        kwargs.setdefault("edition", None)  # on the page of an edition, that one
        return super().get_context_data(
            linked_data=linked_data(topic),
            previous_note=_neighbour(topic.previous_note),
            next_note=_neighbour(topic.next_note),
            **kwargs,
        )


def _neighbour(note):
    return Topic(**note) if note else None


def linked_data(topic):
    return thing(
        topic,
        "LearningResource",
        description=reading(topic, "summary").text,
        inLanguage=languages_of(topic),
        learningResourceType="study note",
        isAccessibleForFree=True,
        author={"@type": "Organization", "name": reading(topic, "author").text} if reading(topic, "author") else None,
        dateModified=topic.updated_at.date().isoformat(),
        position=topic.position,
        about=[
            {"@type": "Organization", "@id": address(each), "name": str(each)} for each in topic.organisations.all()
        ],
    )
