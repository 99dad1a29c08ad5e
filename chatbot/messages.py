"""The words of every ending, as data. None of them repeats the asker's own words."""

from __future__ import annotations

from chatbot.answer import AnswerStatus
from chatbot.settings import Settings

ANSWERED = "This is what ASCL has published on it, in ASCL's own words."
ASKED_TOO = "You also asked a question."
ANSWERED_SUPERSEDED = "ASCL has published this on it, but has since replaced the page or paper it comes from."
ANSWERED_PARTLY = "ASCL has published something on part of your question."
REST = "On the rest, no published position was found here."
ANSWERED_SOME = "This is what ASCL has published on part of your message, in ASCL's own words."
ASK_AGAIN = "Only the first three questions of a message are looked up; please ask the others by themselves."
MORE = "The same again, followed by what else that part of the page says."
REST_OF_PAGE = "This is what else that part of the page says, in ASCL's own words."
NOTHING_MORE = "That is all that was found here on it. The same quotes again, with where each of them stands:"
ABOUT_LAST = "Every quote is cited with the page it stands on. These are the quotes from the last answer, with their sources."
ABOUT_DATE = "What is known of the date stands beside each source. These are the quotes from the last answer."
ABOUT_CURRENCY = (
    "Nothing here shows that it has been replaced, but that is all that can be said: check with ASCL before relying on it "
    "as today's position. These are the quotes from the last answer."
)
ABOUT_ATTRIBUTION = (
    "These are the association's published words. No person is named as having said them, so attribute them to ASCL and to "
    "the page they stand on, not to any individual. These are the quotes from the last answer."
)
NO_POSITION = "No published position on that was found here."
PAPER_NAMED = "A paper that may deal with it is named below. What that paper says is not held here."
OFF_TOPIC = (
    "That does not look like a question about education policy. This service only quotes what ASCL has published on education."
)
UNCLEAR = "It is not clear what you would like to know. Ask about a subject, for example inspection or funding."
NOTHING_BEFORE = "The last question had no answer here to say more about, or none was asked. Ask about a subject first."
GREETING = "Hello. Ask what ASCL thinks about a subject, and you will get its own published words, with their source."
THANKS = "You are welcome. Ask about another subject whenever you like."
GOODBYE = "Goodbye."
A_MACHINE = (
    "You are talking to a computer program, not a person. It finds ASCL's published statements and quotes them word for word; "
    "it does not write positions of its own."
)
RUN_BY_ASCL = {
    "yes": "Yes, this service is run by ASCL. It quotes ASCL's published statements word for word.",
    "no": "No, this service is not run by ASCL. It quotes ASCL's published statements word for word.",
    "not stated": "Whoever runs this service has not stated whether it is ASCL's own. It quotes ASCL's published statements word for word.",
}
NO_SWITCHBOARD = "This service only quotes what ASCL has published. It cannot put anyone through and holds no telephone numbers."
DECLINED = {
    AnswerStatus.DECLINED_EMPTY: "Please type a question, for example about inspection or funding.",
    AnswerStatus.DECLINED_TOO_LONG: "That is too long: a question may have at most {limit:,} characters. Please shorten it to the question itself.",
    AnswerStatus.DECLINED_ABUSE: "This service cannot help with that. If you have a question about education policy, please ask it.",
    AnswerStatus.DECLINED_INSTRUCTION: "This service only quotes what ASCL has published. It takes no instructions, and it does not write or invent positions.",
    AnswerStatus.DECLINED_PERSONAL_DATA: "This service holds no personal details and cannot give any.",
    AnswerStatus.DECLINED_ADVICE: "This service cannot advise on individual cases or on the law. It only quotes what ASCL has published.",
    AnswerStatus.DECLINED_OTHER_BODY: "This service only quotes ASCL. For the view of another organisation, or to compare views, please ask that organisation.",
}
UNDATED = "This page carries no date; it may not be ASCL's current position."
UNDATED_SEVERAL = "Some of these pages carry no date; they may not be ASCL's current position."
SUPERSEDED = "ASCL has replaced at least one of the pages quoted: do not take it for the current position."
INFERRED = "No heading is printed above one of these quotes; its section is named after the paper listed below the text."
CONTACT = "You could ask {contact}."


def declined(status: AnswerStatus, settings: Settings) -> str:
    """The words for a decline, with the contact route where one is set."""
    if status is AnswerStatus.DECLINED_EMERGENCY:
        return settings.emergency_message
    words = DECLINED[status].format(limit=settings.question_limit)
    routed = (AnswerStatus.DECLINED_PERSONAL_DATA, AnswerStatus.DECLINED_ADVICE)
    return f"{words}{contact(settings)}" if status in routed else words


def contact(settings: Settings) -> str:
    """A sentence that names the contact, with a space before it; empty where none is set, for none is invented."""
    if not settings.contact_name and not settings.contact_address:
        return ""
    name, address = settings.contact_name, settings.contact_address.removeprefix("mailto:")
    return " " + CONTACT.format(contact=f"{name} ({address})" if name and address else name or address)
