"""Choose what to quote of a statement: exact spans, caveats kept, nobody else's voice.

Spans only: the words are sliced from the loaded document, never taken from a store or a model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.models import Document, Span, Statement
from corpus.text import plain
from corpus.voices import LIMIT, in_list

WHOLE_STATEMENT = 700  # characters; a statement up to this length is quoted whole, as a press officer would paste it
MOST_SENTENCES = 4  # of a longer statement

# "It is not appropriate for inspectors to ..." points forward, to nothing that stood before.
_EMPTY_IT = (
    r"it\s+(?:is|was|would\s+be|will\s+be|has\s+been|seems|remains|becomes)\s+(?:(?:not|no|also|very|more|most|only|so|\w+ly)\s+)*"
    r"(?:appropriate|inappropriate|important|essential|vital|crucial|critical|clear|right|wrong|necessary|unnecessary|imperative|"
    r"possible|impossible|acceptable|unacceptable|time|likely|unlikely|fair|unfair|reasonable|unreasonable|realistic|unrealistic|"
    r"difficult|hard|easy|true|sensible|desirable|helpful|unhelpful|disappointing|regrettable|worrying|longer)\s+(?:\w+\s+)?"
    r"(?:for|to|that|whether)\b"
)
_LEANS = re.compile(
    rf"(?!{_EMPTY_IT})(?:this|that|these|those|it|they|such|he|she|his|her|their|its|doing\s+so|to\s+(?:achieve|do|support|enable)\s+(?:this|that|so)|without\s+(?:this|these|that|it)|other\s+aspects|"
    r"however|therefore|thus|but|and|or|nor|yet|so|otherwise|instead|moreover|furthermore|in\s+addition|additionally|also|equally|similarly|likewise|"
    r"as\s+a\s+result|consequently|for\s+(?:this|that|these)\s+reasons?|for\s+example|for\s+instance|in\s+particular|in\s+(?:this|that)\s+way|in\s+turn|both|neither|the\s+same|if\s+(?:so|not|these|this|they|it)|"
    r"(?:\d{1,2}[.)]\s+)?(?:yes|no|agreed)(?=\s*[,.;:–])|"
    r"unless\s+(?:this|these|they|it)|only\s+(?:then|if)|even\s+(?:then|so)|where\s+(?:this|these|they)|when\s+(?:this|these|they)|at\s+the\s+same\s+time)\b",
    re.IGNORECASE,
)
# "We welcome this." and "12. We agree." say nothing by themselves either.
_POINTS_BACK = re.compile(
    r"(?:\d{1,2}[.)]\s+)?(?:we|ASCL|our\s+members|school\s+leaders)\s+(?:[\w']+\s+){0,4}(?:(?:this|that|it|these|those|them|so|both|too)|agree|disagree|concur)[.!]?",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"(?:\d{1,2}[.)]\s+)?(?:yes|no|agreed|(?:we|ASCL)\s+(?:[\w']+\s+){0,2}(?:agree|disagree))\b", re.IGNORECASE)
_OPENING_MARKS, _CLOSING_MARKS = '“"', '”"'
_CONDITION = re.compile(
    r"(?:provided\s+that|unless|only\s+if|as\s+long\s+as|on\s+condition|subject\s+to|except|with\s+the\s+exception|however|but|nevertheless|that\s+said|this\s+(?:must|should|does|would|is)\s+(?:only|not)|if\s+(?:these|this|they|it))\b",
    re.IGNORECASE,
)

_DECIDES = re.compile(r"^(?:not|no|never|nor|neither|without|none|cannot|un\w+)\b|n't\b|\d")


def leans(sentence: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    words = plain(sentence).lstrip("-* ")
    return _LEANS.match(words) is not None or _POINTS_BACK.fullmatch(words) is not None


def standing_sentences(document: Document, statement: Statement) -> frozenset[int]:
    """Places of the sentences that may be quoted: ASCL's own, neither leaning on somebody else's nor limited by one held back.

    "The Department wants X. That is a mistake." cannot be quoted without the Department's view, so it is not quoted, nor
    where the Department's view is the paragraph before.
    """
    texts = [span.of(document.text) for span in statement.sentences]
    stems = in_list(document.text, statement.sentences)
    standing: set[int] = set()
    for place, (own, stem) in enumerate(zip(statement.own_voice, stems, strict=True)):
        stands = place - 1 in standing if place else not _goes_on_with_others(document, statement)
        if own and (stem in standing if stem is not None else stands or not leans(texts[place])):
            standing.add(place)
    return frozenset(_without_lead_ins(texts, stems, _without_unlimited(texts, standing)))


def _goes_on_with_others(document: Document, statement: Statement) -> bool:
    """Whether a statement leans on one before that ends in what somebody else says, or in what leans on that."""
    before = _before(document, statement) if leans(statement.sentences[0].of(document.text)) else None
    if before is None:
        return False
    last = before.sentences[-1].of(document.text)
    if last.endswith("?") and _ANSWERS.match(plain(statement.sentences[0].of(document.text))):
        return True  # a yes without its question may be taken for an answer to any
    said_alone = before.own_voice[-1] and (len(before.own_voice) == 1 or before.own_voice[-2] or not leans(last))
    return not said_alone and not last.endswith("?")


def _without_unlimited(texts: Sequence[str], standing: set[int]) -> set[int]:
    """``standing`` without sentences that are limited by one behind them which may not be quoted, and what leans on these.

    Without its limit a sentence would promise too much.
    """
    kept = set(standing)
    for place in sorted(standing, reverse=True):
        following = place + 1
        if following < len(texts) and following not in kept and LIMIT.match(plain(texts[following])):
            kept.discard(place)
    for place in sorted(kept):
        if place and place - 1 in standing - kept and leans(texts[place]):
            kept.discard(place)
    return kept


def _without_lead_ins(texts: Sequence[str], stems: Sequence[int | None], standing: set[int]) -> set[int]:
    """``standing`` without what only leads in words that are not quoted: "Helen Marsh said:", a stem without its items."""
    kept = set(standing)
    for place in sorted(standing, reverse=True):
        items = [number for number, stem in enumerate(stems) if stem == place]
        leads_in = texts[place].rstrip().endswith(":") or bool(items)
        if leads_in and kept.isdisjoint(items or [place + 1]):
            kept.discard(place)
    return kept


def _before(document: Document, statement: Statement) -> Statement | None:
    """The statement before in the same section, with no pointer between."""
    number = document.statements.index(statement)
    before = document.statements[number - 1] if number else None
    if before is None or before.section != statement.section:
        return None
    parted = any(before.span.end <= pointer.span.start < statement.span.start for pointer in document.pointers)
    return None if parted else before


def standing_runs(document: Document, statement: Statement) -> tuple[Span, ...]:
    """Spans of all that may be quoted of a statement, in document order, no two touching."""
    standing = standing_sentences(document, statement)
    if len(standing) == len(statement.sentences):
        return (statement.span,)
    return _runs(document.text, statement, sorted(standing))


def spans_to_quote(
    document: Document, statement: Statement, score: Callable[[Sequence[str]], Sequence[float]]
) -> tuple[Span, ...]:
    """Spans of a quotable statement, in document order, no two touching.

    A short statement in ASCL's own voice is quoted whole. Of a longer one the best sentences are, by ``score`` (higher
    is better, one number per sentence), each with what it leans on and the condition that limits it.
    """
    standing = standing_sentences(document, statement)
    if len(statement.text) <= WHOLE_STATEMENT and len(standing) == len(statement.sentences):
        return (statement.span,)
    texts = [span.of(document.text) for span in statement.sentences]
    stems = in_list(document.text, statement.sentences)
    scores = score(texts)
    ranked = sorted(standing, key=lambda n: -scores[n])
    chosen: set[int] = set()
    for number in ranked:
        needed = _with_neighbours(texts, stems, standing, number)
        if chosen and len(chosen | needed) > MOST_SENTENCES:
            break
        chosen |= needed
        if len(statement.text) > WHOLE_STATEMENT and len(chosen) >= MOST_SENTENCES:
            break
    return _runs(document.text, statement, sorted(chosen))


def _with_neighbours(texts: Sequence[str], stems: Sequence[int | None], standing: Collection[int], number: int) -> set[int]:
    """A sentence with the ones it leans on, the lead-in of its list, and the condition that follows it."""
    needed = {number}
    first = number
    if (stem := stems[number]) is not None and stem in standing:
        needed.add(stem)
        first = stem
    while first > 0 and leans(texts[first]):
        first -= 1
        needed.add(first)
    if texts[number].rstrip().endswith(":") and number + 1 in standing:
        needed.add(number + 1)
    following = number + 1
    if following in standing and _CONDITION.match(plain(texts[following])):
        needed.add(following)
    return needed


def _runs(text: str, statement: Statement, chosen: Sequence[int]) -> tuple[Span, ...]:
    """Neighbouring sentences joined into one span, so that an ellipsis stands only where something is left out."""
    if not chosen:
        return ()
    starts = [chosen[0], *(after for before, after in pairwise(chosen) if after != before + 1)]
    ends = [*(before for before, after in pairwise(chosen) if after != before + 1), chosen[-1]]
    return tuple(
        _without_lone_marks(text, Span(statement.sentences[first].start, statement.sentences[last].end))
        for first, last in zip(starts, ends, strict=True)
    )


def _without_lone_marks(text: str, span: Span) -> Span:
    """The span without a quotation mark at either end whose fellow is not in it: a speech is cut within its marks."""
    start, end = span.start, span.end
    said = span.of(text)
    if said[:1] in _OPENING_MARKS and not any(mark in said[1:] for mark in _CLOSING_MARKS):
        start += 1
    if said[-1:] in _CLOSING_MARKS and not any(mark in said[:-1] for mark in _OPENING_MARKS):
        end -= 1
    return Span(start, end)


def leaned_on(document: Document, statement: Statement) -> Statement | None:
    """The statement before, in the same section, that this one's first sentence cannot be understood without."""
    if not leans(statement.sentences[0].of(document.text)):
        return None
    before = _before(document, statement)
    return before if before is not None and before.quotable and standing_sentences(document, before) else None


def same_words(first: str, second: str) -> bool:
    """Whether two quotes say nearly the same, so that one is enough: nine in ten words shared both ways.

    A negation or a number in only one of them makes them different, however alike the rest is.
    """
    one, two = _words(first), _words(second)
    if len(one & two) < 0.9 * max(len(one), len(two)):
        return False
    return not any(_DECIDES.search(word) for word in one ^ two)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(plain(text).lower().split())
