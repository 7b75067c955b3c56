"""What a version stores: a row as JSON, with every id as it is.

A field may write itself so that people can read it; a citation would then store the address name of its record, which
is another one tomorrow, and nobody could tell what it belonged to.
"""

import json
from uuid import UUID

from django.core import serializers
from django.core.serializers.json import Deserializer
from django.core.serializers.json import Serializer as JSONSerializer

__all__ = ["Deserializer", "Serializer", "read_again"]


class Serializer(JSONSerializer):
    def handle_field(self, obj, field):
        value = field.value_from_object(obj)
        if isinstance(value, UUID):
            self._current[field.name] = str(value)
        else:
            super().handle_field(obj, field)


def read_again(versions):
    """Whoever saves a section may hold its note as it was before somebody changed it: a revision with parts in it gets
    their wholes from the database.
    """
    if not any(getattr(version._model, "whole_relation", None) for version in versions):
        return
    for version in versions:
        if getattr(version._model, "part_relations", ()):
            row = version._model._base_manager.get(pk=version.object_id)
            names = json.loads(version.serialized_data)[0]["fields"]
            version.serialized_data = serializers.serialize(version.format, [row], fields=list(names))
            version.object_repr = str(row)
