"""Find what is asked in a message: leave out the letter around a question, and take two questions apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.framing import without_frame, without_own_pronoun
from index.terms import terms

LONG_MESSAGE = 40  # words; a longer message without a question mark is taken as pasted text

# A stop ends a sentence only before white space or at the end, and not in "e.g." or "P.E.".
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?]+(?=[^\s.!?])|(?<=\b[A-Za-z]\.[A-Za-z])\.|(?<=\b[A-Z])\.(?=\s+[a-z]))+(?:[.!?]+|$)")
_JOINED = re.compile(
    r"[,;]?\s+(?:and|also|but)\s+(?:also\s+)?(?=(?:(?:what|how)\s+about|what|how|who|why|where|when|which|should|does|do|is|are|would|can|could)\s+(?!(?:is|are|was|were|that|it)\s+(?:said|known|called)\b)\w+)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:so|and|but|also|or|please|ok|okay|hi|hello|then|now|secondly|firstly|first|second)\W+)*(?:what|how|who|whom|whose|why|where|when|which|should|shall|does|do|did|is|are|was|were|would|will|can|could|has|have|may|must|isn't|aren't|don't|doesn't|shouldn't|tell\s+me|explain|i(?:'d|\s+would)\s+like\s+to\s+(?:know|ask|hear)|i(?:'m|\s+am)\s+(?:wondering|interested\s+in|writing\s+to\s+ask|trying\s+to\s+find)|i\s+(?:want|wanted|need)\s+to\s+know|i\s+was\s+wondering|i\s+wonder|please|we(?:'d|\s+would)\s+like\s+to\s+know|looking\s+for)\b",
    re.IGNORECASE,
)
# Beside questions with a question mark, a request without one: "Also on funding." asks, "I wanted to know." only tells.
_ASKS_TOO = re.compile(
    r"^\W*(?:(?:and|also|please|secondly|finally|lastly|then)\W+)*(?:(?:also|and)\W+(?:on|about|regarding|as\s+to)|(?:what|how)\s+about|"
    r"(?:please\s+)?(?:also\s+)?(?:tell|explain\s+to)\s+(?:me|us)\s+(?:also\s+)?(?:about|what|why|how|where|whether|if)|"
    r"(?:i|we)(?:'d|\s+would)?\s+also\s+(?:like|want|need|wish|wonder)|same\s+(?:question\s+)?(?:for|about|on))\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:it|its|they|them|this|that(?=\s*(?:[?.!,]|$)|\s+(?:is|was|be|right|fair|so|true|wrong)\b)|(?<=\b(?:want|like)\s)that(?=\s+\w+ed\b)|these|those|each|so|such|the same|do that)\b",
    re.IGNORECASE,
)
# "Phones should be banned. Does ASCL agree?" asks what the sentence before it says, though it names who is asked.
_AGREES = re.compile(
    r"^\W*(?:(?:so|and|but)\W+)?(?:does|do|did|would|will|is|are|what\s+(?:does|do|would))\s+(?:(?:the\s+)?ASCL|the\s+(?:association|union)|you|they)\s+"
    r"(?:\w+ly\s+)?(?:agree|disagree|concur|think(?:\s+so)?|say|object|share\s+(?:that|this|the|their)\s+view|of\s+the\s+same\s+(?:view|opinion)|"
    r"(?:support|back|accept|welcome|endorse)\s+(?:that|this|it))(?:\s+(?:to|with|about|of)\s+(?:that|this|it|them))?\W*$",
    re.IGNORECASE,
)
# "And hard federations? Same treatment?" asks once.
_TAG = re.compile(
    r"^\W*(?:(?:the\s+)?same\s+(?:treatment|rules?|approach|answer|thing|story|again|squeeze)(?:\s+or\s+\w+)?|(?:do\s+(?:you|they)\s+)?(?:dis)?agree|yes(?:\s+or\s+no)?|y/n|true\s+or\s+(?:false|not)|or\s+not|right|correct|true|agreed?|no|"
    r"(?:any\s+)?(?:thoughts|ideas?)|which(?:\s+(?:one|is\s+it))?|is\s+(?:that|this)\s+(?:right|so|true|correct|fair)|what\s+do\s+you\s+(?:think|say))\W*$",
    re.IGNORECASE,
)
# "My daughter starts sixth form in September, what does ASCL say about BTECs?" tells and asks in one sentence; "If a school fails,
# what does ASCL want?" only asks.
_TELLS_FIRST = re.compile(
    r"^(?!\W*(?:if|when|where|while|once|unless|given|after|before|should|does|do|what|how|why|who|which|is|are|as|in|on|for|with|about|regarding|according)\b)"
    r"((?:[^\s,;]+\s+){3,}[^\s,;]+)[,;]\s+(?:(?:so|and|but)\s+)?"
    r"(?=(?:what|where|how)\s+(?:does|do|is|would|did)\s+(?:ASCL|the\s+(?:union|association)|you)\b|(?:does|do|is|would|has)\s+(?:ASCL|the\s+(?:union|association))\b"
    r"|what(?:'s|’s|\s+is|\s+are)\s+(?:ASCL(?:'s|’s)|your|our|the\s+(?:union|association)(?:'s|’s))\s)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(
    r"\s*,?\s+(?:and|as well as|plus|&)\s+(?:also\s+)?(?:about\s+|on\s+|for\s+|regarding\s+)?", re.IGNORECASE
)
_COURTESY = re.compile(
    r"^\W*(?:dear\b.*|hi\b(?:\s+\w+){0,3}|hello\b(?:\s+\w+){0,3}|hey\b(?:\s+\w+){0,2}|good\s+(?:morning|afternoon|evening)\b(?:\s+\w+){0,2}|(?:many\s+|with\s+)?thanks?\b.{0,60}|thank\s+you\b.{0,60}|(?:kind(?:est)?|best|warm|with)\s+(?:regards|wishes)\b.*|regards\b.*|yours\s+(?:sincerely|faithfully)\b.*|cheers\b.*|best\b(?:\s+\w+){0,3}|i\s+hope\s+(?:you|this)\b.*|hope\s+(?:you|this)\b.*|i\s+look\s+forward\b.*|looking\s+forward\b.*|please\s+(?:let\s+me\s+know|reply|respond|get\s+back)\b.*|any\s+help\b.*|sent\s+from\s+my\b.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message; ``told`` are the sentences in front of it, for a question that is about them."""

    question: str
    told: tuple[str, ...] = ()


def questions_in(text: str) -> tuple[Part, ...]:
    """What a cleaned message asks, in order; the whole message where nothing in it is a question.

    A question that cannot stand alone ("Is that so?") keeps the sentence it is about in front of it.
    """
    sentences = [part.strip(" \"'“”") for sentence in _SENTENCE.findall(text) for part in _told_and_asked(sentence)]
    sentences = [sentence for sentence in sentences if any(character.isalnum() for character in sentence)]
    told = [sentence for sentence in sentences if not _COURTESY.match(sentence.rstrip(".!?, "))] or sentences
    asking = [n for n, sentence in enumerate(told) if sentence.endswith("?")]
    asking = sorted({*asking, *(n for n, sentence in enumerate(told) if asking and _asks_too(sentence))})
    asking = asking or [n for n, sentence in enumerate(told) if len(told) > 1 and _ASKS.match(sentence)]
    if not asking:
        return (Part(" ".join(told) if len(text.split()) <= LONG_MESSAGE else text),)
    parts: dict[str, Part] = {}
    for number in asking:
        if number - 1 in asking and _TAG.match(told[number]):
            continue
        said = _told_before(told, number, asking)
        for part in _parts(told, number):
            parts.setdefault(part.strip(), Part(part.strip(), () if part.startswith(" ".join(said)) else said))
    return tuple(parts.values())


def _told_and_asked(sentence: str) -> tuple[str, ...]:
    """What a sentence tells first and what it asks then; the whole where it does not do both."""
    found = _TELLS_FIRST.match(sentence.strip(" \"'“”"))
    return (found[1], found.string[found.end() :]) if found else (sentence,)


def halves(question: str) -> tuple[str, ...]:
    """The two things that one question names side by side ("funding and inspection"); empty where it names only one.

    "Trust between parents and teachers" names one.
    """
    if _BETWEEN.search(question):
        return ()
    sides = [side.strip(" ,") for side in _SIDE_BY_SIDE.split(question, maxsplit=1)]
    return tuple(sides) if len(sides) == 2 and all(terms(side) for side in sides) else ()


def _asks_too(sentence: str) -> bool:
    return _ASKS_TOO.match(sentence.replace("’", "'")) is not None and bool(terms(without_frame(sentence)))


def _told_before(told: Sequence[str], number: int, asking: Sequence[int]) -> tuple[str, ...]:
    """The sentences between the question before and this one, if they are few enough to be about it."""
    first = max((place + 1 for place in asking if place < number), default=0)
    said = tuple(told[first:number])
    return said if len(" ".join(said).split()) <= LONG_MESSAGE else ()


def _parts(told: Sequence[str], number: int) -> list[str]:
    sentence = told[number]
    before = told[number - 1] if number else ""
    if before and not before.endswith("?") and cannot_stand_alone(sentence):
        return [f"{before} {sentence}"]
    parts = _JOINED.split(sentence)
    # Taken apart only where each part names something: "who and what decides?" is one question.
    return parts if all(terms(part) for part in parts) else [sentence]


def cannot_stand_alone(sentence: str) -> bool:
    """Whether a question of a message needs the sentence before it to be understood."""
    if _REFERS.search(without_own_pronoun(sentence)) or _AGREES.match(sentence):
        return True
    # "What does ASCL say about inspection?" names one thing and needs no more; "How often?" does.
    named = len(terms(sentence))
    return named == 0 or (named == 1 and without_frame(sentence).rstrip(" ?.!") == sentence.rstrip(" ?.!"))
