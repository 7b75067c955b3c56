"""A pasted note becomes a draft: read (:mod:`.parsing`), shown with what an old font did to it (:mod:`.damage`), and
made (:mod:`.actions`). Nothing of a text is lost on the way, and nothing in it is changed that nobody ticked.
"""
