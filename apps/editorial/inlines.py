"""What stands inside the form of many kinds of record."""

from modeltranslation.admin import TranslationGenericStackedInline

from apps.editorial.forms import NumberedGenericFormSet, NumberedInline
from apps.sources.models import Citation


class CitationInline(NumberedInline, TranslationGenericStackedInline):
    """The sources of a record, and what each of them states about it."""

    model = Citation
    formset = NumberedGenericFormSet
    classes = ["collapse"]
    leave_out = ("content_type", "object_id")
    FEW = 2

    def get_fieldsets(self, request, obj=None):
        # Only a note has sections that a citation can stand in.
        if not self.parent_model.search_through:
            self.leave_out = (*CitationInline.leave_out, "section")
        return super().get_fieldsets(request, obj)
