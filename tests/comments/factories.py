"""Comments for tests: approved unless a test says otherwise."""

import factory
from django.utils import timezone

from apps.comments.models import Comment
from tests.factories import RecordFactory, TopicFactory


class CommentFactory(RecordFactory):
    class Meta:
        model = Comment

    topic = factory.SubFactory(TopicFactory)
    name = "Asha"
    text = factory.Sequence("Comment number {}.".format)
    language = "en"
    state = Comment.State.APPROVED

    @factory.lazy_attribute
    def decided_at(self):
        return None if self.state == Comment.State.WAITING else timezone.now()
