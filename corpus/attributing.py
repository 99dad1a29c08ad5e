"""Who plainly speaks for somebody else though the words open as ASCL's own do, and what stands below a text.

Rules that decide by themselves. They are no signs for the learnt model (:mod:`corpus.voice_model`): it was learnt without them.
"""

from __future__ import annotations

import re

from corpus.reporting import NAMES_OTHER, OPENING_MARKS

OTHER = NAMES_OTHER.pattern  # whole words
_BETWEEN = r"(?:,[^,]{1,60},|\s+(?:has|have|had|also|now|often|rightly|wrongly|repeatedly|recently)){0,3}"
_SAY = (
    r"(?:sa(?:y|ys|id)|argue[sd]?|claim(?:s|ed)?|believe[sd]?|insist(?:s|ed)?|maintain(?:s|ed)?|want(?:s|ed)?|think(?:s)?|thought|propose[sd]?|"
    r"suggest(?:s|ed)?|expect(?:s|ed)?|warn(?:s|ed)?|assert(?:s|ed)?|contend(?:s|ed)?)"
)
_OF_OURS = (
    r"our\s+(?:[\w'-]+\s+){0,2}?(?:critics|opponents|detractors|adversaries|government|(?:education|prime|shadow)\s+(?:secretary|minister)|"
    r"ministers?|mps?|unions?|regulators?|inspectorate|inspectors|politicians|opposition|competitors|rivals)"
)
_SPEAKS = re.compile(
    # "Our critics say that ...", "Ofsted say we should ..." without a "that", "Members of the far right say our schools ..."
    rf"{_OF_OURS}{_BETWEEN}\s+{_SAY}\b"
    rf"|{OTHER}(?<!'s){_BETWEEN}\s+{_SAY}\s+(?:we|our|heads|leaders|teachers|schools|colleges|pupils|children|parents|it|there)\b"
    r"|(?:members|supporters|followers|leaders|representatives|spokes\w+)\s+(?:of|for)\s+"
    r"(?!(?:ASCL|our|the\s+(?:association|profession))\b)[\w' -]{2,40}?\s+"
    r"(?:say|argue|claim|believe|want|think|insist)\b"
    # "We reproduce the minister's words: ..."
    rf"|(?:we|ASCL)\s+(?:\w+\s+)?(?:reproduces?|quotes?|repeats?|reprints?|cites?)\s+(?:here\s+)?(?:the\s+)?{OTHER}(?:'s?)?\s+(?:own\s+)?"
    r"(?:words?|views?|case|argument|statement)",
    re.IGNORECASE,
)
_TELLS_AFTER = re.compile(rf"[,”\"']\s*{OTHER}\s+tells?\b", re.IGNORECASE)
NOTES = re.compile(
    r"(?:foot|end)?notes?(?:\s+(?:to|for)\s+editors?)?|references|sources|contacts?(?:\s+(?:us|details))?", re.IGNORECASE
)


def plainly_others(sentence: str) -> bool:
    """Whether a sentence says in so many words that somebody else speaks, however ASCL's own it looks."""
    quoted = sentence.lstrip("-* ")[:1] in OPENING_MARKS
    said = sentence.lstrip("“”‘’\"'-* ")
    return _SPEAKS.match(said) is not None or (quoted and _TELLS_AFTER.search(said) is not None)
