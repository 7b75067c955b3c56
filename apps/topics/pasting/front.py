"""The front matter that a Markdown file may begin with: lines between ``---`` and ``---`` about the text, not of it."""

import regex

RULE, END = regex.compile(r"---\s*$"), regex.compile(r"(?:---|\.\.\.)\s*$")
KEY = regex.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*+:(?P<value>$|\s.*)")
# What goes on from a key, and a remark.
MORE = regex.compile(r"\s+\S|\s*-\s|\s*$|\s*#|[\]}]\s*,?\s*$")
FOLDED = regex.compile(r"[|>][-+0-9]*$")
QUOTED = regex.compile(r"(?P<mark>[\"'])(?P<text>.*)(?P=mark)$")
MOST_LINES = 100


def front_matter(lines):
    """``(how many lines come before the text, the title among them)``; ``(0, "")`` where there is no front matter."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if not lines or not RULE.match(lines[first]):
        return 0, ""
    for index in range(first + 1, min(first + MOST_LINES, len(lines))):
        if END.match(lines[index]):
            within = lines[first + 1 : index]
            return (index + 1, _title(within)) if any(map(KEY.match, within)) else (0, "")
        if not (KEY.match(lines[index]) or MORE.match(lines[index])):
            break
    return 0, ""


def _title(lines):
    for index, line in enumerate(lines):
        found = KEY.match(line)
        if found and found["key"].lower() == "title":
            value = found["value"].strip()
            return _read(_further(lines[index + 1 :]) if not value or FOLDED.match(value) else value)
    return ""


def _further(lines):
    """The indented lines under a key, as one."""
    under = []
    for line in lines:
        if not line[:1].isspace():
            break
        under.append(line.strip())
    return " ".join(under)


def _read(value):
    if quoted := QUOTED.match(value):
        marks = {'"': ('\\"', '"'), "'": ("''", "'")}
        return quoted["text"].replace(*marks[quoted["mark"]]).strip()
    return value.partition(" #")[0].rstrip()
