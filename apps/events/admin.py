from django.contrib import admin

from apps.editorial.admin import ContentAdmin
from apps.events.models import Event


@admin.register(Event)
class EventAdmin(ContentAdmin):
    list_columns = ["start"]
    list_filter = ["start"]
    lines = {"summary": 10}
