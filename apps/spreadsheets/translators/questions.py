"""What to look at in a translation before it is imported. It keeps none out."""

# Functions of a row, the name of its text, source and translation, the languages of both, and of how many sentences
# are wanted at most; they return these. The room that knows how translations are checked adds its own.
rules = []
# Of one text. The page shows few, and whoever mends these sees the others when the sheet comes again.
MOST = 5


def questions_about(text, translation):
    """``[sentence, …]`` about ``translation``, which a sheet has for ``text`` (a ``Text`` of this room)."""
    row, languages = text.row, (text.source_language, text.language)
    asked = [rule(row, text.name, text.source, translation, *languages, MOST) for rule in rules]
    return [sentence for sentences in asked for sentence in sentences][:MOST]
