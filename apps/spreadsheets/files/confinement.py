"""What a process that takes a stranger's file apart may not have: much memory or time, files. Imports only Python."""

import resource


def confine(limits):
    """Before the first byte of the file is looked at, for good. ``limits``: those of ``limits.py`` by name."""
    for what, most in [
        (resource.RLIMIT_AS, limits["memory_megabytes"] << 20),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))
