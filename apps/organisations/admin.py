from django.contrib import admin

from apps.editorial.admin import ContentAdmin, RecordAdmin
from apps.organisations.models import Country, Organisation


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    list_columns = ["code"]


@admin.register(Organisation)
class OrganisationAdmin(ContentAdmin):
    list_columns = ["kind", "founded"]
    list_filter = ["kind", "founded"]
    lines = {"description": 12}
