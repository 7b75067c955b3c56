"""What the reading process says of a file that it doesn't read. Each import would cost every upload milliseconds."""


class RefusedFile(Exception):
    """``reason`` is a key of ``reading.REASONS``; ``where`` the cell, line or row."""

    def __init__(self, reason, where=""):
        self.reason, self.where = reason, where
