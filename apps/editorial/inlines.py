"""What stands inside the form of many kinds of record."""

from modeltranslation.admin import TranslationGenericStackedInline

from apps.editorial.forms import NumberedGenericFormSet, NumberedInline
from apps.sources.models import Citation


class CitationInline(NumberedInline, TranslationGenericStackedInline):
    """The sources of a record, and what each of them states about it."""

    model = Citation
    formset = NumberedGenericFormSet
    classes = ["collapse"]
    FEW = 2

    @property
    def leave_out(self):
        # Only a note has sections that a citation can stand in.
        return ("content_type", "object_id", *([] if self.parent_model.search_through else ["section"]))
