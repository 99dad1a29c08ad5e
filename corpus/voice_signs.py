"""What tells whose view a sentence gives: its words, how it opens, and who it has saying what.

The kinds of words (somebody, saying) are lists in ``voice_words.json``: whoever learnt that a charity argues knows that a bishop
maintains, though no bishop was met.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

from corpus.text import plain

WORDS_FILE = Path(__file__).with_name("voice_words.json")
BUCKETS = 2**15
MOST_READ = 80  # words of a sentence; what is longer has shown whose it is by then

_TOKEN = re.compile(r"[A-Za-z0-9£]+(?:['-][A-Za-z]+)*|[?!.,:;\"“”()%]")
# Kinds of words.
US, THEY, SOME_NAME, SOME_VIEW = "US", "THEY", "NAME", "VIEW"
SAYS, SAYING, SAID, SAY = "SAYS", "SAYING", "SAID", "SAY"
NUMBER, WORD, MANNER = "#", "*", "*ly"
_WHO = (US, THEY, SOME_NAME, SOME_VIEW)
_SAID_SO = (SAYS, SAYING, SAID, SAY)

_WORDS: dict[str, frozenset[str]] = {
    name: frozenset(held) for name, held in json.loads(WORDS_FILE.read_text(encoding="utf-8")).items()
}
_OF_SAYING = {
    form: kind for kind, name in ((SAYING, "saying"), (SAYS, "says"), (SAID, "said"), (SAY, "say")) for form in _WORDS[name]
}
# "Our members" and "most heads" are ASCL's own; "business leaders" and "members of Parliament" are not.
_BEFORE_LEADERS = frozenset(("our", "ascl", "ascl's", "college", "these", "most", "many", "some", "all", "few", "and", "the"))


def signs(sentence: str) -> tuple[tuple[int, ...], ...]:
    """The buckets that a sentence strikes, in four groups: words, opening, kinds of words, and who says what."""
    words = _TOKEN.findall(plain(sentence).lstrip("-*“\"‘' "))[:MOST_READ]
    tokens = [word.lower() for word in words]
    kinds = _kinds(words)
    groups = (_of_words(tokens), _of_opening(tokens, kinds), _of_kinds(kinds), _of_saying(tokens, kinds))
    return tuple(tuple({crc32(sign.encode()) % BUCKETS for sign in group}) for group in groups)


def _kinds(words: Sequence[str]) -> list[str]:
    kinds: list[str] = []
    for place, word in enumerate(words):
        before = words[place - 1].lower() if place else ""
        after = words[place + 1].lower() if place + 1 < len(words) else ""
        kinds.append(_kind(word, before, after, kinds[-1] if kinds else ""))
    return kinds


def _kind(word: str, before: str, after: str, kind_before: str) -> str:
    """The kind of a word between two others; ``before`` is empty for the first word of a sentence."""
    token = word.lower()
    if word != "US" and (token in _WORDS["ourselves"] or (token == "us" and word.islower())):
        return US
    if token in _WORDS["leaders"] and after != "of" and (not before or before in _BEFORE_LEADERS):
        return US
    if token in _WORDS["somebody"]:
        return THEY
    said = _OF_SAYING.get(token)
    # "Ofsted claims" says something, "the claims" and "Ofsted's claims" are said.
    if token in _WORDS["view"] and (said is None or kind_before not in (US, THEY, SOME_NAME) or before.endswith(("'s", "s'"))):
        return SOME_VIEW
    if said is not None:
        return said
    if token in _WORDS["small"] or not token[0].isalpha():
        return NUMBER if token[0].isdigit() or token[0] == "£" else token
    if word[0].isupper() and before:
        return SOME_NAME
    return MANNER if token.endswith("ly") else WORD


def _of_words(tokens: Sequence[str]) -> Iterator[str]:
    bounded = ["<", *tokens, ">"]
    for length in (1, 2, 3):
        yield from (f"w {one}" for one in _runs(bounded, length))
    yield from (f"p {token[:5]}" for token in tokens if len(token) > 4)


def _of_opening(tokens: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
    yield from (f"o {' '.join(tokens[:length])}" for length in (1, 2, 3, 4))
    yield from (f"k {' '.join(_shortened(kinds)[:length])}" for length in (1, 2, 3, 4, 5))
    yield from (f"h {token}" for token in tokens[:10])


def _of_kinds(kinds: Sequence[str]) -> Iterator[str]:
    bounded = ["<", *_shortened(kinds), ">"]
    for length in (2, 3, 4):
        yield from (f"c {one}" for one in _runs(bounded, length))


def _of_saying(tokens: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
    """Who stands in front of the first word of saying, what helps it, and what follows."""
    named = [(place, kind) for place, kind in enumerate(kinds) if kind in _WHO]
    demand = next((place for place, token in enumerate(tokens) if token in _WORDS["demands"]), None)
    said = next((place for place, kind in enumerate(kinds) if kind in _SAID_SO), None)
    first = named[0][1] if named else "nobody"
    yield f"first {' '.join(kind for _, kind in named[:3])}"
    if said is None:
        yield f"nothing said {first}"
        yield f"demand {demand is not None} {first}"
        return
    before = [kind for place, kind in named if place < said]
    who = next((kind for kind in _WHO if kind in before), "nobody")
    asked = demand is not None and demand < said
    speaker = f"{who} {asked}"
    following = tokens[said + 1] if said + 1 < len(tokens) else ">"
    yield from (
        f"demand {'none' if demand is None else asked} {first}",
        f"{speaker} {kinds[said]}",
        f"{speaker} {tokens[said]}",
        f"{speaker} helped {' '.join(token for token in tokens[max(0, said - 3) : said] if token in _WORDS['helpers'])}",
        f"{speaker} then {kinds[said + 1] if said + 1 < len(kinds) else '>'}",
        f"{speaker} that {'that' in tokens[said + 1 : said + 4]}",
        f"{speaker} after {min(said, 8) // 2}",
        f"{speaker} first {before[0] if before else 'nobody'}",
        f"{tokens[said]} {following}",
    )


def _shortened(kinds: Sequence[str]) -> list[str]:
    """The kinds with runs of plain words as one."""
    return [kind for place, kind in enumerate(kinds) if kind != WORD or place == 0 or kinds[place - 1] != WORD]


def _runs(items: Sequence[str], length: int) -> Iterator[str]:
    return (" ".join(items[start : start + length]) for start in range(len(items) - length + 1))
