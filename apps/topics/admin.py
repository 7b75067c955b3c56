from django.contrib import admin
from modeltranslation.admin import TranslationStackedInline

from apps.editorial.admin import ContentAdmin, RecordAdmin
from apps.editorial.forms import NumberedFormSet, NumberedInline
from apps.topics.models import Section, Topic
from apps.topics.pasting.admin import PastingMixin

BODY_LINES = {"body": 22}


class SectionInline(NumberedInline, TranslationStackedInline):
    model = Section
    formset = NumberedFormSet
    fk_name = "topic"
    leave_out = ["topic"]
    lines = BODY_LINES
    prepopulated_fields = {"anchor": ("heading",)}
    view_on_site = False  # the note itself says where it stands


@admin.register(Topic)
class TopicAdmin(PastingMixin, ContentAdmin):
    inlines = [SectionInline]
    list_columns = ["position"]
    list_filter = ["source_language"]


@admin.register(Section)
class SectionAdmin(RecordAdmin):
    list_columns = ["topic", "position"]
    list_filter = ["topic"]
    lines = BODY_LINES

    def page_of(self, record):
        return record.topic
