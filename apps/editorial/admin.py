"""The editors’ desk: the classes that every record's admin starts from, and the records that no room above owns."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from apps.editorial import columns, layout, standing
from apps.editorial.completeness import with_completeness
from apps.editorial.deletion import without_link_rows
from apps.editorial.filters import MissingInFilter
from apps.editorial.forms import BilingualForm
from apps.editorial.inlines import CitationInline
from apps.editorial.preview import list_path, page_view, preview
from apps.languages.fields import columns as translations
from apps.languages.fields import language_codes, own_name
from apps.sources.models import Citation, CitedContent, Source
from apps.spreadsheets.admin import SheetAdminMixin

admin.site.site_header = _("South-South Cooperation: editors’ desk")
admin.site.site_title = _("Editors’ desk")
admin.site.index_title = _("What do you want to work on?")
admin.site.enable_nav_sidebar = False


class RecordAdmin(BilingualForm, SheetAdminMixin, TranslationAdmin):
    """Everything that editors keep. A subclass states what differs: ``list_columns``, ``list_filter``, ``lines``."""

    # What a list shows of a row beside its name, its state, its languages and its last change.
    list_columns = ()
    list_per_page = 100
    search_fields = ["search_text"]
    search_help_text = _("English and Hindi are searched together; different spellings of a word are found too.")

    def get_queryset(self, request):
        return with_completeness(super().get_queryset(request))

    def get_list_display(self, request):
        languages = [columns.completeness_column(code) for code in language_codes()]
        return [columns.label_column(self.model), *self.list_columns, *languages, "updated_at"]

    def get_list_filter(self, request):
        return [*self.list_filter, MissingInFilter]

    def get_search_results(self, request, queryset, search_term):
        found = queryset.search(search_term)
        # In a list to choose from, what is so called comes before what only mentions it.
        return (found.named_first(search_term) if request.path.endswith("/autocomplete/") else found), False

    def get_deleted_objects(self, objs, request):
        return without_link_rows(*super().get_deleted_objects(objs, request))

    def page_of(self, record):
        """The public record on whose page ``record`` is read; ``None`` for what has no page."""

    def get_view_on_site_url(self, obj=None):
        page = obj and self.page_of(obj)
        return obj.get_absolute_url() if page and page.is_public else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["gaps"] = standing.translation_gaps(obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)


class ContentAdmin(RecordAdmin):
    """Everything with a state: it is published, previewed, and says at the top of its form where it stands."""

    publishing = ("slug", ("state", "publish_at"))

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": translations(self.model.label_field)[:1]}

    def get_fieldsets(self, request, obj=None):
        return layout.fieldsets(self.model, publishing=self.publishing)

    def get_inlines(self, request, obj):
        return [*self.inlines, *([CitationInline] if issubclass(self.model, CitedContent) else [])]

    def get_list_display(self, request):
        label, *others = super().get_list_display(request)
        return [label, "state_badge", *others]

    def get_list_filter(self, request):
        return ["state", *super().get_list_filter(request)]

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, record):
        return standing.state_badge(record)

    def page_of(self, record):
        return record

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/<slug:language>/", view, name=name), *super().get_urls()]

    def preview_view(self, request, object_id, language):
        """The record's page in ``language``, whatever its state, for whoever may see the record here."""
        record = self.get_object(request, unquote(object_id))
        allowed = record and self.has_view_permission(request, record)
        if not allowed or language not in language_codes() or not page_view(record):
            raise Http404
        way_back = {"previews": self.previews(record), "change_url": self.url_of(record, "change")}
        return preview(request, record, language, **way_back)

    def previews(self, record):
        """``[{"code", "name", "path"}, …]``: the record's preview in each language."""
        return [
            {
                "code": code,
                "name": own_name(code),
                "path": self.url_of(record, "preview", code),
            }
            for code in language_codes()
        ]

    def url_of(self, record, page, *further):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[record.pk, *further])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # "As soon as you save it" is no sentence for somebody who may only look.
        context["standing"] = standing.step(obj) if add or self.has_change_permission(request, obj) else None
        context["is_public"] = bool(obj and obj.is_public)
        if obj:
            has_page = page_view(obj) is not None
            context |= {"previews": self.previews(obj)} if has_page else {"list_path": list_path(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_columns = ["slug", "published"]
    list_filter = ["published"]
    prepopulated_fields = {"slug": ("title",)}
    lines = {"description": 8}


@admin.register(Citation)
class CitationAdmin(SheetAdminMixin, admin.ModelAdmin):
    """All citations in one list, to look through and to keep in a sheet; each is written in its record's form."""

    list_display = ["source", "about", "fact", "value"]
    list_display_links = None
    list_filter = ["fact", "source"]
    list_per_page = 100
    search_fields = ["search_text"]
    search_help_text = RecordAdmin.search_help_text
    get_search_results = RecordAdmin.get_search_results

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").prefetch_related("record")

    @admin.display(description=_("record"))
    def about(self, citation):
        record = citation.record
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        return format_html('<a href="{}#sources-citation-content_type-object_id-group">{}</a>', address, record)

    def has_add_permission(self, request):
        return False

    # The list is open; a form of its own, with a bare key in it, would help nobody.

    def has_view_permission(self, request, obj=None):
        return obj is None and super().has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)
