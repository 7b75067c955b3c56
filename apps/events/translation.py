from modeltranslation.translator import TranslationOptions, register

from apps.events.models import Event


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ["title", "other_names", "summary", "place"]
