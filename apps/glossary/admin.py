from django.contrib import admin

from apps.editorial.admin import ContentAdmin
from apps.glossary.models import GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ContentAdmin):
    list_columns = ["slug"]
