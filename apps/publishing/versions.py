"""How a version is stored: as JSON, with every id as it is.

A field may write itself so that people can read it; a citation would then store the address name of its record, which
is another one tomorrow, and nobody could tell what it belonged to.
"""

from uuid import UUID

from django.core.serializers.json import Deserializer
from django.core.serializers.json import Serializer as JSONSerializer

__all__ = ["Deserializer", "Serializer"]


class Serializer(JSONSerializer):
    def handle_field(self, obj, field):
        value = field.value_from_object(obj)
        if isinstance(value, UUID):
            self._current[field.name] = str(value)
        else:
            super().handle_field(obj, field)
