"""Who speaks within quotation marks: somebody else, or somebody who speaks for ASCL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.models import Span
from corpus.reporting import NAMES_OTHER, OPENING_MARKS, OWN, surely_reports
from corpus.text import plain

_SPOKEN = re.compile(r"\b(?:said|says|stated|states|told|wrote|writes|argues|argued|claims|claimed|added|adds)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[\s,]*[a-z][^.!?]*|,[^.!?]*")
_TO_THE_STOP = re.compile(r"[^.!?]*")
_POST = (
    r"(?:(?:interim|acting|deputy|assistant|vice)\s+)*(?:general\s+secretary|president|director(?:\s+of\s+(?:\w+\s+){0,3}\w+)?|(?:\w+\s+)?(?:specialist|consultant|adviser|leader)|"
    r"head\s+of\s+(?:\w+\s+){0,2}\w+|chief\s+executive)"
)
_THE_ASSOCIATION = r"(?:ASCL|(?:the\s+)?Association\s+of\s+School\s+and\s+College\s+Leaders)(?:\s+\(ASCL\))?"
_NAME = r"(?-i:(?<![\w'-])[A-Z][\w'-]++(?:\s[A-Z][\w'-]++){1,3})"
_OF_ASCL = rf"(?:{_THE_ASSOCIATION}(?:'s)?\s+{_POST}|{_POST}\s+(?:of|at|for|with)\s+{_THE_ASSOCIATION})"
# Not "schools minister Nick Gibb, ASCL general secretary Geoff Barton": who is named behind the post holds it.
_SPEAKS_FOR_ASCL = re.compile(
    rf"(?P<after>{_NAME}),\s+(?:the\s+)?(?i:{_OF_ASCL})(?!\s+[A-Z])|{_THE_ASSOCIATION}(?:'s)?\s+(?i:{_POST}),?\s+(?P<before>{_NAME})"
)
_PERSON_SAYS = re.compile(
    r"(?:(?:Ms|Mr|Mrs|Miss|Dr|Sir|Dame|Professor)\s+)?(?:[A-Z][\w'-]++\s+)?([A-Z][\w'-]++)\s+(?:also\s+)?"
    r"(?:said|says|added|told|warned|argued|continued)\b(?:[^:\"]{0,60}?\bthat\b)?"
)
_INTRODUCES = re.compile(
    r",?\s+(?:has\s+|have\s+)?(?:said|says|added|adds|told\s+[^:\"]{1,60}|commented|comments|continued|responded|warned|argued)\b[^:\"]{0,60}?(?::|\s\")",
    re.IGNORECASE,
)
# Whose verb it is: what stands between the start, or the comma after a clause such as "Commenting on the report,", and the verb.
_ASCL_SPEAKS = re.compile(
    rf"(?:^|,\s+)(?:we|(?:the\s+)?{_THE_ASSOCIATION}|(?:{_NAME},\s+(?:the\s+)?)?{_OF_ASCL}(?:,?\s+{_NAME})?|our\s+{_POST}(?:,?\s+{_NAME})?)$",
    re.IGNORECASE,
)
_SURNAME_SPEAKS = re.compile(
    r"(?:^|,\s+)(?:(?:Ms|Mr|Mrs|Miss|Dr|Sir|Dame|Professor)\s+)?(?:[A-Z][\w'-]++\s+){0,2}([A-Z][\w'-]++)$"
)
_SAID_BY = re.compile(r"[,?!]\"\s*(?:said|says|added|adds|told)\s+(?P<who>[^.!?]{1,120})", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^“”\"]{25,})[”\"]")


def in_speech_of(text: str, sentences: Sequence[Span]) -> list[int | None]:
    """For each sentence that goes on with a quotation, the place of the one that it was begun in; None for the others.

    "“We have run out of road,” said Paul Gethin. “Schools must be funded properly.”" goes on with what was begun before.
    """
    begun: list[int | None] = []
    speaking: int | None = None
    spoke: int | None = None
    for place, sentence in enumerate(sentences):
        said = sentence.of(text).strip()
        resumed = spoke is not None and spoke == place - 1 and said[:1] in OPENING_MARKS
        above = speaking if speaking is not None else (place - 1 if resumed else None)
        begun.append(above)
        straight = said.count('"') % 2
        opened = said.count("“") + (straight if speaking is None else 0)
        closed = said.count("”") + (straight if speaking is not None else 0)
        # A paragraph that opens with a mark says nobody's name: whose speech it is was said in the block before.
        if speaking is None and opened > closed and (above is not None or said[:1] not in OPENING_MARKS):
            speaking = place if above is None else above
        elif speaking is not None and closed > opened:
            speaking = None
        if opened or closed or '"' in said:
            spoke = place
    return begun


@lru_cache(maxsize=8)
def speakers_of_ascl(text: str) -> frozenset[str]:
    """The surnames of those whom a document says to speak for ASCL: "Tom Bright, deputy general secretary of ASCL"."""
    named = (found["after"] or found["before"] for found in _SPEAKS_FOR_ASCL.finditer(plain(text)))
    return frozenset(name.split()[-1] for name in named)


def ascl_speaks(sentence: str, people: frozenset[str]) -> bool:
    """Whether a sentence says that ASCL, or one of ``people``, says something, and not that they report somebody."""
    told = _PERSON_SAYS.match(sentence)
    if told is not None and told[1] in people:
        return not surely_reports(sentence[told.end() :].strip(), after_other=False)
    if any(_is_ascl(found["who"], people) for found in _SAID_BY.finditer(sentence)):
        return True
    found = _INTRODUCES.search(sentence)
    if found is None:
        return False
    speaker = sentence[: found.start()]
    named = _SURNAME_SPEAKS.search(speaker)
    return _ASCL_SPEAKS.search(speaker) is not None or (named is not None and named[1] in people)


def _is_ascl(who: str, people: frozenset[str]) -> bool:
    """Whether those who are named behind "said" are ASCL or one of ``people``, and nobody else."""
    ours = re.search(rf"\b{_THE_ASSOCIATION}\b", who) is not None or not people.isdisjoint(re.findall(r"[\w'-]+", who))
    return ours and NAMES_OTHER.search(re.sub(rf"(?i:{_OF_ASCL})", "", who)) is None


def speech_of_others(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Quoted passages whose speaker, named just before or after, is not ASCL."""
    if not sentences:
        return []
    start, end = sentences[0].start, sentences[-1].end
    found = []
    for quoted in _QUOTED.finditer(text, start, end):
        before = plain(text[max(start, quoted.start() - 90) : quoted.start()])
        # Only so far as the sentence goes on behind the mark: what ASCL answers names nobody who spoke.
        goes_on = _TO_THE_STOP if quoted[1].rstrip().endswith(",") else _GOES_ON
        behind = goes_on.match(plain(text[quoted.end() : min(end, quoted.end() + 90)]))
        around = f"{before} | {behind[0] if behind else ''}"
        # "Asked by ASCL, the minister said:" names who speaks behind its last comma.
        if any(_others_speak(said) for said in (around, before.rpartition(",")[2])):
            found.append(Span(quoted.start(), quoted.end()))
    return found


def _others_speak(said: str) -> bool:
    return _SPOKEN.search(said) is not None and NAMES_OTHER.search(said) is not None and OWN.search(said) is None
