"""The same workbook back with an error column and marked cells: runs in a child process, imports nothing of Django."""

# A colour of ours alone: by it the next round knows the marks of this one.
MARK_COLOUR = "FFCFC4"
