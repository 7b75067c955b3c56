"""What search engines read of a public record: schema.org, the part that every kind shares."""

from django.conf import settings

from apps.languages.fields import language_codes, reading


def address(record):
    """The full address of ``record``'s page in the active language."""
    return settings.SITE_URL + record.get_absolute_url()


def thing(record, kind, **more):
    """A schema.org thing of ``kind`` with the record's name, address and ``more``; empty values are left out."""
    name = reading(record, record.label_field)
    data = {"@type": kind, "@id": address(record), "url": address(record), "name": name.text, **more}
    return {key: value for key, value in data.items() if value not in ("", None, [])}


def languages_of(record):
    """The languages in which ``record`` has a name of its own."""
    return [code for code in language_codes() if not reading(record, record.label_field, code).borrowed]
