"""What a question asks for in so many words, an amount, a date, a person, and whether a statement holds any such thing."""

from __future__ import annotations

import re
from functools import lru_cache

from index.terms import stem

_MONEY = re.compile(
    r"\bhow\s+(?:much\b|(?:big|large|high|generous)\s+(?:is|are|should|would|will|must)\b.*\b(?:fund|budget|rise|increase|grant|fee|salary|pay|settlement|cut))"
    r"|\bwhat\s+(?:amount|sum|figure|level\s+of\s+(?:funding|pay)|is\s+the\s+(?:cost|price|fee|budget))\b|\b(?:cost|price|amount)\s+of\b|\bper\s+pupil\b"
    r"|\bwhat\b.{0,80}\b(?:would|will|does|might|could)\s+(?:\w+\s+){0,4}?cost\b",
    re.I,
)
_SHARE = re.compile(
    r"\bwhat\s+(?:percentage|proportion|share|rate|fraction)\b|\bby\s+how\s+(?:much|many)\b|\b(?:percentage|proportion)\s+of\b",
    re.I,
)
_COUNT = re.compile(r"\bhow\s+many\s+(?:\w+\s+){0,2}?(\w{3,})|\b(?:what\s+)?number\s+of\s+(\w{3,})", re.I)
_TIME = re.compile(
    r"\b(?:when (?:did|was|is|will|were|are|do|does|should|would|ought|has)|(?:which|what) (?:year|date|month|day|term|deadline)|how (?:long|often|soon|old)|by when|since when|deadline|timetable)\b",
    re.I,
)
_DATE = re.compile(
    r"\b(?:when (?:did|was|were)|by when|since when|date of|deadline|(?:start|end|closing) date)\b"
    r"|\b(?:which|what) (?:(?:financial|academic|calendar|exact) )?(?:year|date|month|day|term)"
    r"(?=\s+(?:is|are|was|were|did|do|does|will|would|should|must|ought|has|had|can)\b|\W*$)",
    re.I,
)
_SOURCE = re.compile(
    r"\b(?:whose|which|what) (?:research|stud(?:y|ies)|evidence|surveys?|data|reports?) "
    r"(?:shows?|showed|says?|said|finds?|found|proves?|proved|supports?|backs?|is (?:that|this|it)|do you|does ASCL)\b",
    re.I,
)
_PERSON = re.compile(
    r"\b(?:(?:which|what) (?:minister|secretary|person|mp|politician|inspector|head ?teacher|official|leader)\b|who (?:is|was|wrote|said|are|were) |name of|named?\b|whose)",
    re.I,
)
_HAS_MONEY = re.compile(
    r"£\s?\d|\b\d[\d,.]*\s*(?:%|per\s+cent|percent|million|billion|pounds?|pence)|\b(?:half|double|twice|a\s+third|a\s+quarter)\b",
    re.I,
)
_HAS_SHARE = re.compile(
    r"\d\s*(?:%|per\s+cent|percent)|\b(?:half|halves|thirds?|quarters?|majority|most|all|nearly\s+all|one\s+in\s+\w+|\w+\s+in\s+(?:ten|five|four|three))\b",
    re.I,
)
_NUMBER = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred|thousand|\d[\d,.]*)(?:\s+(?:million|thousand|hundred))?[\s-]+(?:\w+\s+){0,2}?(\w{3,})",
    re.I,
)
_HAS_TIME = re.compile(
    r"\b(?:\d{4}|years?|yearly|annual(?:ly)?|terms?|months?|weeks?|days?|daily|monthly|immediately|urgently)\b", re.I
)
# "May" is a verb more often than a month.
_HAS_DATE = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|\bby\s+the\s+(?:end|start)\b|\b(?:spring|summer|autumn)\s+term\b",
)
_HAS_SOURCE = re.compile(r"\b(?:research|stud(?:y|ies)|evidence|surveys?|data|reports?)\b", re.I)
_HAS_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b(?:Sir|Dr|Mrs?|Ms|Professor|Lord|Lady)\b")

# What is asked for in so many words, and how a statement looks that holds it.
_DETAILS = (
    (_MONEY, _HAS_MONEY),
    (_SHARE, _HAS_SHARE),
    (_TIME, _HAS_TIME),
    (_DATE, _HAS_DATE),
    (_SOURCE, _HAS_SOURCE),
    (_PERSON, _HAS_NAME),
)


def missing_details(question: str, statement: str) -> int:
    """How many kinds of detail (money, share, time, date, source, person, count) a question asks for and a statement has none of."""
    asks, counted = _asks_for(question)
    if counted is None and not any(asks):
        return 0
    missing = sum(asked and not held for asked, held in zip(asks, _holds(statement), strict=True))
    return missing + (counted is not None and counted not in _counts(statement))


@lru_cache(maxsize=64)
def _asks_for(question: str) -> tuple[tuple[bool, ...], str | None]:
    counted = _COUNT.search(question)
    noun = stem((counted[1] or counted[2]).lower()) if counted else None
    asked = {asks: asks.search(question) is not None for asks, _ in _DETAILS}
    asked[_TIME] = asked[_TIME] and not asked[_DATE]  # one thing is missing, not two
    return tuple(asked.values()), noun


@lru_cache(maxsize=65536)
def _holds(statement: str) -> tuple[bool, ...]:
    return tuple(has.search(statement) is not None for _, has in _DETAILS)


@lru_cache(maxsize=65536)
def _counts(statement: str) -> frozenset[str]:
    """The stems of the nouns that a statement gives a number of."""
    return frozenset(stem(found[1].lower()) for found in _NUMBER.finditer(statement))
