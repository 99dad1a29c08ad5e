"""Words of the pages themselves: labels, titles, footer. What an answer says is in ``messages``."""

from __future__ import annotations

from chatbot.settings import Settings

LANGUAGE = "en-GB"
COPYRIGHT = "© Association of School and College Leaders, quoted with its source."

INTRODUCTION = (
    "Ask in your own words what the Association of School and College Leaders (ASCL) thinks. "
    "You get its own published words back, exactly as printed, with where each was said, "
    "or a plain “no published position was found”. Please leave out names and anything private."
)
NO_SCRIPT = "This page needs JavaScript."
NO_SCRIPT_LINK = "Ask without it: the same answers, on a page of their own."
PAGES = "Pages"
BROWSE = "Browse"
CHECK = "Check a quote"
KEEP = "Keep this conversation"
KEEP_TEXT = "Save as plain text"
KEEP_MARKDOWN = "Save as Markdown"

QUESTION_LABEL = "Your question"
QUESTION_PLACEHOLDER = "For example: Ofsted"
ASK = "Ask"
STARTERS = "Questions to start with"
SEARCHED_FOR_LABEL = "I searched for"
SEARCHED_FOR_HELP = "Not what you meant? Change the words and search again."
SEARCH_AGAIN = "Search again"
CLEAR = "Clear conversation"
CONVERSATION = "Conversation"
LOOKING = "Looking in ASCL’s published words …"
YOU = "You asked"
NOTHING_TYPED = "(nothing was typed)"
COPY_WITH_SOURCE = "Copy answer with source"
COPY = "Copy answer"

NEAREST = "Nearest topics that ASCL has published on"
SEE_ALSO = "See also"
NOT_COVERED = "Not covered by what was found:"
UNDATED = "undated"
COPY_DATE_UNKNOWN = "date of copy not known"
COPY_OF = "copy of"
SECTION_INFERRED = "section name inferred"
SECTION_INFERRED_WHY = "no heading is printed above these words; the name is that of the paper named below them"
PERMALINK = "Link to these words"
REPORTED = "The document only reports this: it is not ASCL’s own view"
OPENS_NEW_TAB = "opens in a new tab"

INTERNAL_ERROR = "Sorry, something went wrong on our side and this question was not answered. Please try again in a little while."
BUSY = "Very many people are asking just now. Please try again in a few seconds."


def question_about(topic: str) -> str:
    """The question that a topic button asks."""
    return f"What does ASCL say about {topic}?"


def whose_service(settings: Settings) -> str:
    """What the footer says of who runs this; says nothing of it when that is not stated."""
    quoting = "This service quotes ASCL’s published words and adds no view of its own."
    if settings.run_by_ascl == "yes":
        return f"{quoting} It is run by ASCL."
    if settings.run_by_ascl == "no":
        return f"{quoting} It is not run by ASCL."
    return quoting
