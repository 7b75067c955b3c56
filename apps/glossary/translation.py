from modeltranslation.translator import TranslationOptions, register

from apps.glossary.models import GlossaryTerm


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ["acronym", "term", "definition"]
