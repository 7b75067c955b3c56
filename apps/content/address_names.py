"""The part of an address that names a record or a section: Latin for both languages, never made from Hindi."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

well_formed = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("Small Latin letters and digits, with single hyphens between: south-commission."),
)


class AddressNameField(models.SlugField):
    """A slug with no capitals and no underscores, so that one address is written in one way."""

    default_validators = [well_formed]

    def formfield(self, **kwargs):
        # Django's own field for slugs would add its own rule, and a sentence that contradicts ours.
        return super(models.SlugField, self).formfield(**kwargs)
