"""What a worker in a process of its own runs with: the portal's settings, and no duties beside the tests' tasks."""

from sscportal.settings import *  # noqa: F403

PERIODIC_COMMANDS = {}
