from modeltranslation.translator import TranslationOptions, register

from apps.topics.models import Section, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ["title", "summary", "key_points", "author"]


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ["heading", "body"]
