from modeltranslation.translator import TranslationOptions, register

from apps.practice.models import Question


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ["question", "choices", "answer"]
