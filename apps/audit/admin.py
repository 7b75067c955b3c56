"""The log to read: by time, by verb, by whom, by a word."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from apps.audit.models import Entry
from apps.audit.words import in_words


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ["at", "who", "verb", "about_link", "details_in_words", "sender"]
    list_display_links = None
    list_filter = ["verb", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["content_type"]
    list_per_page = 100
    date_hierarchy = "at"
    search_fields = ["by_name", "about_label", "sender"]
    search_help_text = _("A user's name, the name of a record, or a network address.")
    sortable_by = ["at"]
    actions = None

    @admin.display(description=_("by whom"))
    def who(self, entry):
        return entry.by_name or _("the portal itself")

    @admin.display(description=_("to what"))
    def about_link(self, entry):
        address = _form_of(entry)
        return format_html('<a href="{}">{}</a>', address, entry.about_label) if address else entry.about_label

    @admin.display(description=_("details"))
    def details_in_words(self, entry):
        return format_html_join("", "<div>{}: {}</div>", in_words(entry.details))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        # The list says it all; a form of one entry would say it again.
        return obj is None and super().has_view_permission(request)


def _form_of(entry):
    kind = entry.content_type
    if not kind or not entry.object_id:
        return None
    try:
        return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[entry.object_id])
    except NoReverseMatch:
        return None
