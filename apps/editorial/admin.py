"""The editors’ desk: the classes that every record's admin starts from, and the records that no room above owns."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from apps import audit
from apps.drafting.admin import KeptFormMixin
from apps.editorial import columns, layout, rights, standing
from apps.editorial.completeness import with_completeness
from apps.editorial.deletion import linking_to, without_link_rows
from apps.editorial.filters import DifferencesFilter, LinksFilter, MineFilter, StandingFilter, TranslationFilter
from apps.editorial.forms import BilingualForm
from apps.editorial.inlines import CitationInline
from apps.editorial.legacy_check import LegacyCheckMixin
from apps.editorial.sheets import bringing
from apps.editorial.translating import DraftTranslateMixin
from apps.languages.fields import columns as translations
from apps.languages.fields import language_codes, translated_fields
from apps.publishing.admin import PublishingMixin
from apps.publishing.history_admin import HistoryMixin
from apps.publishing.live import is_live
from apps.publishing.models import draft_of, last_return
from apps.publishing.rendering import list_path, page_view
from apps.publishing.snapshots import LIFE
from apps.publishing.working_copy import WorkingCopyMixin
from apps.sources.models import Citation, CitedContent, Source
from apps.spreadsheets.admin import SheetAdminMixin

admin.site.site_header = _("South-South Cooperation: editors’ desk")
admin.site.site_title = _("Editors’ desk")
admin.site.index_title = _("What do you want to work on?")
admin.site.enable_nav_sidebar = False


class RightsMixin:
    """Who may do what: :func:`apps.editorial.rights.may` says it for every way in."""

    def may(self, request, act, record=None, language=None):
        return rights.may(request.user, act, record or self.model, language)

    def has_view_permission(self, request, obj=None):
        return self.may(request, "view", obj)

    def has_add_permission(self, request):
        # A part is added and taken away in the form of its whole, which has the draft that it belongs to.
        return not self.model.whole_relation and self.may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self.may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.may(request, "delete", obj)

    def has_import_permission(self, request):
        return bool(bringing(request.user, self.opts.label_lower))

    def has_export_permission(self, request):
        return self.may(request, "export")


class RecordAdmin(
    KeptFormMixin,
    RightsMixin,
    HistoryMixin,
    LegacyCheckMixin,
    BilingualForm,
    DraftTranslateMixin,
    WorkingCopyMixin,
    SheetAdminMixin,
    TranslationAdmin,
):
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
        return [*self.list_filter, TranslationFilter, LinksFilter, DifferencesFilter]

    def get_search_results(self, request, queryset, search_term):
        found = queryset.search(search_term)
        # In a list to choose from, what is so called comes before what only mentions it.
        return (found.named_first(search_term) if request.path.endswith("/autocomplete/") else found), False

    def get_deleted_objects(self, objs, request):
        return without_link_rows(*super().get_deleted_objects(objs, request))

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.model.whole_relation:
            actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        if self.model.whole_relation:
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))
        extra_context = {**(extra_context or {}), "linking": linking_to(record) if record else []}
        return super().delete_view(request, object_id, extra_context)

    def page_of(self, record):
        """The public record on whose page ``record`` is read; ``None`` for what has no page."""

    def delete_model(self, request, obj):
        audit.log(audit.Verb.DELETED, by=request.user, about=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for record in queryset:
            audit.log(audit.Verb.DELETED, by=request.user, about=record)
        super().delete_queryset(request, queryset)

    def get_view_on_site_url(self, obj=None):
        page = obj and self.page_of(obj)
        return obj.get_absolute_url() if page and page.is_public else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["gaps"] = standing.translation_gaps(obj) if obj else []
        context["check_text_url"] = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_check_text")
        context["translate_links"] = self.translate_links(request, obj.whole) if obj and obj.whole else []
        context["show_delete"] = not self.model.whole_relation
        context["has_translations"] = bool(translated_fields(self.model))
        context["is_minor_edit"] = "_minor_edit" in request.POST
        return super().render_change_form(request, context, add, change, form_url, obj)


class ContentAdmin(PublishingMixin, RecordAdmin):
    """Everything with a state: it is published, previewed, and says at the top of its form where it stands."""

    publishing = (("slug", "source_language"),)

    def get_queryset(self, request):
        return standing.with_draft_state(super().get_queryset(request))

    def get_changeform_initial_data(self, request):
        # Whoever works in the Hindi desk begins a Hindi text.
        return {"source_language": get_language(), **super().get_changeform_initial_data(request)}

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": translations(self.model.label_field)[:1]}

    def get_fieldsets(self, request, obj=None):
        # Its way to readers has a page of its own, where it is asked who may.
        return layout.fieldsets(self.model, leave_out=LIFE, publishing=self.publishing)

    def get_inlines(self, request, obj):
        return [*self.inlines, *([CitationInline] if issubclass(self.model, CitedContent) else [])]

    def get_list_display(self, request):
        label, *others = super().get_list_display(request)
        return [label, "state_badge", *others]

    def get_list_filter(self, request):
        return [StandingFilter, MineFilter, *super().get_list_filter(request)]

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, record):
        return standing.state_badge(record)

    def page_of(self, record):
        return record

    def desk_context(self, record, draft):
        return {"standing": standing.step(record, draft), "linking": linking_to(record)}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # "As soon as you save it" is no sentence for somebody who may only look.
        may_change = add or self.has_change_permission(request, obj)
        context["standing"] = standing.step(obj, obj and draft_of(obj)) if may_change else None
        context["returned"] = obj and last_return(obj)
        context |= {"is_public": bool(obj and obj.is_public), "is_live": bool(obj and is_live(obj))}
        context["publishing_url"] = self.url_of(obj, "publishing") if obj else "#"
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
class CitationAdmin(RightsMixin, SheetAdminMixin, admin.ModelAdmin):
    """All citations in one list, to look through and to keep in a sheet; each is written in its record's form."""

    list_display = ["source", "about", "fact", "value"]
    list_display_links = None
    list_filter = ["fact", "source", TranslationFilter]
    list_per_page = 100
    search_fields = ["search_text"]
    search_help_text = RecordAdmin.search_help_text
    get_search_results = RecordAdmin.get_search_results

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("record")

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
