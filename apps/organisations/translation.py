from modeltranslation.translator import TranslationOptions, register

from apps.organisations.models import Country, Organisation


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ["name"]


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ["acronym", "name", "other_names", "seat", "description"]
