from django.contrib import admin

from apps.editorial.admin import RecordAdmin
from apps.practice.models import Question


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    list_columns = ["topic", "position"]
    list_filter = ["topic"]

    def page_of(self, record):
        return record.topic
