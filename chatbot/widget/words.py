"""Words of the light page and of the widget. What the chat page says too comes from ``page_text``."""

from __future__ import annotations

from typing import Any

from chatbot import page_text
from chatbot.citing import ELLIPSIS, MONTHS

INTRODUCTION = (
    "Ask what ASCL, the Association of School and College Leaders, thinks, and read its own published words with their "
    "source. Please leave out names and anything private."
)
FULL_CHAT = "Open full chat"
NEW_TAB = "Open in a new tab"
COPY_QUOTE = "Copy quote"
NO_SCRIPT = "The answer opens on a page of its own."

FOR_SCRIPT: dict[str, Any] = {
    "looking": page_text.LOOKING,
    "you": page_text.YOU,
    "searchedFor": page_text.SEARCHED_FOR_LABEL,
    "change": "Change these words",
    "again": "Try again",
    "edit": "Change the question",
    "nearest": page_text.NEAREST,
    "seeAlso": page_text.SEE_ALSO,
    "notCovered": page_text.NOT_COVERED,
    "undated": page_text.UNDATED,
    "copyOf": page_text.COPY_OF,
    "copyDateUnknown": page_text.COPY_DATE_UNKNOWN,
    "sectionInferred": page_text.SECTION_INFERRED,
    "sectionInferredWhy": page_text.SECTION_INFERRED_WHY,
    "opensNewTab": page_text.OPENS_NEW_TAB,
    "permalink": page_text.PERMALINK,
    "toQuote": " (quote {number})",
    "copy": COPY_QUOTE,
    "quoteNumber": " {number} with its source",
    "copied": "Copied",
    "source": "Source",
    "quotedBy": page_text.COPYRIGHT,
    "questionAbout": page_text.question_about("{topic}"),
    "ellipsis": ELLIPSIS,
    "months": list(MONTHS.values()),
    "empty": "Please type a question.",
    "tooLong": "That is {length} characters; a question may have at most {limit}. Please shorten it.",
    "offline": "The question could not be sent. Please check that you are online, then try again.",
    "slow": "No answer came within {seconds} seconds. Please try again.",
    "busy": "The service is busy just now. Please try again in a little while.",
    "busyFor": "The service is busy just now. Please try again in {seconds} seconds.",
    "failed": page_text.INTERNAL_ERROR,
    "refused": "The question was not taken. Please change it, then ask again.",
}
"""What the light page's script says, by the names it knows it by. ``{...}`` is filled in there."""
