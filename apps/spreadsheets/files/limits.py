"""How much of an uploaded sheet is read at most. Settings; the defaults are for a server with 1 GB of memory."""

from dataclasses import dataclass, fields

from django.conf import settings

MEGABYTE = 1024 * 1024
PREFIX = "SHEET_MAX_"


@dataclass(frozen=True)
class Limits:
    """Each is the setting of its name in capitals: ``rows`` is ``SHEET_MAX_ROWS``."""

    megabytes: int = 20
    # Under the header.
    rows: int = 50_000
    columns: int = 100
    # With text: a million takes three seconds of a processor.
    cells: int = 2_000_000
    # Of all texts together, each as often as it stands in a cell.
    characters: int = 60_000_000
    # Of one cell: four times what Excel holds.
    cell_characters: int = 131_072
    # Also empty rows and formats: what a file may hold besides its rows of text.
    empty_cells: int = 500_000
    # Files inside the file.
    members: int = 1000
    unpacked_megabytes: int = 300
    # Of the process that reads. Its code and the file itself count.
    memory_megabytes: int = 512
    cpu_seconds: int = 20


def limits():
    """The :class:`Limits` that hold now."""
    return Limits(
        **{
            field.name: getattr(settings, PREFIX + field.name.upper())
            for field in fields(Limits)
            if hasattr(settings, PREFIX + field.name.upper())
        }
    )
