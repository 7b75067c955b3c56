from modeltranslation.translator import TranslationOptions, register

from apps.sources.models import Citation, Source


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ["title", "author", "publisher", "description"]


@register(Citation)
class CitationTranslation(TranslationOptions):
    fields = ["value", "note"]
