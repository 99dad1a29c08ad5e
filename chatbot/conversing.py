"""The words for turns that are about the conversation: greetings, questions about the bot or about the last answer."""

from __future__ import annotations

import re

from chatbot import messages
from chatbot.gate import Message
from chatbot.settings import Settings

TALK = frozenset({Message.GREETING, Message.THANKS, Message.ABOUT_BOT, Message.ABOUT_LAST, Message.MORE, Message.UNCLEAR})

_BYE = re.compile(r"\b(?:bye|goodbye|good\s*night|farewell|cheerio|see\s+you|ta[\s-]?ra)\b", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?:ascl(?:'s)?|association|union|official|who\s+(?:runs?|owns?|made|makes|built|wrote|is\s+behind|operates))\b",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\b(?:contact|reach|get\s+in\s+touch|phone|telephone|email|e-mail|address|offices?|speak\s+(?:to|with)|talk\s+to|write\s+to|ring|put\s+me\s+through|"
    r"join|become\s+a\s+member|membership)\b",
    re.IGNORECASE,
)
_ABOUT = (
    (
        re.compile(
            r"\b(?:still|current(?:ly)?|up[\s-]to[\s-]date|out[\s-]of[\s-]date|outdated|latest|chang(?:ed?|ing)|today|nowadays|in\s+force|"
            r"any\s?more|supersed\w+|replaced|valid)\b",
            re.IGNORECASE,
        ),
        messages.ABOUT_CURRENCY,
    ),
    (
        re.compile(r"\b(?:when|dates?|dated|year|month|how\s+(?:old|recent|long\s+ago|new)|age)\b", re.IGNORECASE),
        messages.ABOUT_DATE,
    ),
    (
        re.compile(
            r"\b(?:who|whose|whom|attribut\w+|credit|general\s+secretary|president|spokes\w+|named?|author|quote\s+(?:that|this|you|it|him|her)|"
            r"cite|print|publish|reprint|reproduce|use\s+(?:that|this|it))\b",
            re.IGNORECASE,
        ),
        messages.ABOUT_ATTRIBUTION,
    ),
)


def reply_to_talk(message: Message, text: str, settings: Settings) -> str:
    """The words that meet a greeting, thanks, a goodbye, or a question about who or what answers here."""
    straight = text.replace("’", "'")
    if message is Message.ABOUT_BOT and _REACH.search(straight):
        return f"{messages.NO_SWITCHBOARD}{messages.contact(settings)}"
    if message is Message.ABOUT_BOT:
        return messages.RUN_BY_ASCL[settings.run_by_ascl] if _WHOSE.search(straight) else messages.A_MACHINE
    if _BYE.search(straight):
        return messages.GOODBYE
    return messages.THANKS if message is Message.THANKS else messages.GREETING


def reply_about_last(text: str) -> str:
    """The words above the last answer's quotes when they are shown again."""
    straight = text.replace("’", "'")
    return next((words for rule, words in _ABOUT if rule.search(straight)), messages.ABOUT_LAST)
