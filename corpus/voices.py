"""Tell ASCL's own voice from sentences that report what others say or do, and positions from reasons.

Others' views must never be shown as ASCL's, so what is decided leans towards "not ASCL's own": what is wrongly held back costs
one quote, what is wrongly let through costs trust. A document's front matter can overrule it, statement by statement.

There are more ways to report somebody than rules can name. So those of :mod:`corpus.reporting` are one sign among many that a
learnt model weighs (:mod:`corpus.voice_model`); only what is in so many words no statement of ASCL's is decided by a rule alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.attributing import NOTES, plainly_others
from corpus.blocks import LIST_ITEM
from corpus.models import Role, Span
from corpus.reporting import DISOWNS, OTHERS_PART, OWN, OWN_SPEAKS, reports, surely_reports
from corpus.speech import ascl_speaks, in_speech_of, speakers_of_ascl, speech_of_others
from corpus.text import plain
from corpus.voice_model import load_voice_model

# "Sir Michael Wilshaw: “Schools should ...”", a line of a quotation, and what a consultation puts to its readers.
_SET_OFF = re.compile(
    r"(?!ASCL\b|We\b|Our\b)[A-Z][\w.'-]*(?:\s+[\w.'-]+){0,6}:\s*[\"“]|>\s|(?:Proposal|Option|Clause)\s+\w+\s*[:.]"
)
_NORMATIVE = re.compile(
    r"\b(?:should|must|ought|needs?|needed|want|wants|would\s+like|believes?|supports?|opposes?|welcomes?|calls?\s+(?:for|on)|urges?|recommends?|"
    r"urgently|priority|essential|vital|crucial|key\s+to|not\s+appropriate|inappropriate|unacceptable|wrong|right|would\s+(?:help|ensure|be)|"
    r"vision|committed|will\s+continue|in\s+favour|against|agrees?|disagrees?|concerned|propose|ask)\b",
    re.IGNORECASE,
)
# What can only limit the sentence before; "However, ..." may as well go on with somebody's answer to it.
LIMIT = re.compile(
    r"(?:(?:but\s+)?only\s+(?:if|where|when)|provided\s+that|unless|as\s+long\s+as|on\s+condition|subject\s+to|except|with\s+the\s+exception|"
    r"this\s+(?:must|should|does|would|is)\s+(?:only|not)|if\s+(?:these|this|they|it))\b",
    re.IGNORECASE,
)
# What stands around a text and says nothing of it: a table, a footnote, whom to write to, the foot of a web page.
_AROUND = re.compile(
    r"\||\[\d{1,3}\]\s|[¹²³⁰⁴-⁹]|©|\(c\)\s+\d{4}|copyright\b|(?:privacy|cookie)\s+policy\b|(?:foot|end)notes?(?:\W|$)|notes?\s+to\s+editors?\b|ends\W*$|"
    r"(?:please\s+)?(?:contact|email|e-mail|telephone|tel|call)\b(?=.*(?:@|\d{4}|\bteam\b|\boffice\b))|"
    r"for\s+(?:more|further)\s+(?:information|details)\b|(?:published|updated|date|dated)\s*:|(?:\w+day,?\s+)?\d{1,2}\s+(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\s+\d{4}\W*$",
    re.IGNORECASE,
)
LONGEST_LABEL = 6  # words of a line without a stop that is a name or a heading rather than a statement
_QUESTION_LABEL = re.compile(r"(?:Q(?:uestion)?\s*\d+[a-z]?\s*[.:)])", re.IGNORECASE)


def own_voices(text: str, sentences: Sequence[Span]) -> tuple[bool, ...]:
    """For each sentence, whether ASCL says it itself rather than reporting what others say, or asking."""
    words = [plain(sentence.of(text)) for sentence in sentences]
    listed = in_list(text, sentences)
    others = load_voice_model().others(words, reports(words))
    people = speakers_of_ascl(text)
    never = _never_own(text, sentences, words, people)
    speech = in_speech_of(text, sentences)
    speaks: list[bool] = []  # for each sentence, whether it says that ASCL speaks, or goes on with what ASCL says
    voices: list[bool] = []
    for place, sentence in enumerate(words):
        begun = speech[place]
        speaks.append(ascl_speaks(sentence, people) if begun is None else speaks[begun])
        if begun is not None and not speaks[begun]:
            voices.append(False)  # in the midst of a quotation, which may stand in a sentence of ASCL's own
            continue
        if begun is None and speaks[-1] and place not in never:
            voices.append(True)
            continue
        after_other = place > 0 and not voices[-1] and not words[place - 1].endswith("?")
        own = place not in never and not surely_reports(sentence, after_other)
        limits = place > 0 and voices[-1] and LIMIT.match(sentence) is not None  # and is whose the sentence before is
        # The items of a list say nothing without the words above them, and are whose these are.
        above = listed[place]
        voices.append(own and (limits or others[place] < 0 if above is None else voices[above]))
    return tuple(voices)


def in_list(text: str, sentences: Sequence[Span]) -> list[int | None]:
    """For each sentence that stands in the items of a list, the place of the sentence above the list; None for the others."""
    above: list[int | None] = []
    for place, sentence in enumerate(sentences):
        item = LIST_ITEM.match(plain(sentence.of(text))) is not None
        goes_on = place > 0 and above[-1] is not None and "\n" not in text[sentences[place - 1].end : sentence.start]
        if item and place > 0:
            above.append(place - 1 if above[-1] is None else above[-1])
        else:
            above.append(above[-1] if goes_on else None)
    first = plain(sentences[0].of(text)) if sentences else ""
    if LIST_ITEM.match(first) and not first.endswith(":"):
        return [None] * len(sentences)  # a list without words above it
    return above


def _never_own(text: str, sentences: Sequence[Span], words: Sequence[str], people: frozenset[str]) -> frozenset[int]:
    """Places of the sentences that are nobody's statement, or in so many words somebody else's; ``people`` speak for ASCL."""
    found = {place for place, sentence in enumerate(words) if _states_nothing(sentence, people) or plainly_others(sentence)}
    if sentences and text[sentences[0].start] == ">":  # a block quotation is marked at its beginning, whatever its lines
        return frozenset(range(len(words)))
    if len(words) == 1 and _is_label(words[0]):
        found.add(0)
    for place, sentence in enumerate(words):
        if not DISOWNS.match(sentence):
            continue
        found.add(place)
        for before in range(place - 1, -1, -1):
            if before in found or OWN.search(words[before]):
                break
            found.add(before)
    for said in speech_of_others(text, sentences):
        found |= {place for place, one in enumerate(sentences) if one.start < said.end and said.start < one.end}
    return frozenset(found)


def _states_nothing(sentence: str, people: frozenset[str]) -> bool:
    """A question, the label of one, what stands in a quotation of somebody else's or around the text, or no words at all."""
    worded = any(character.isalnum() for character in sentence)
    set_off = _SET_OFF.match(sentence) is not None and not ascl_speaks(sentence, people)
    return not worded or sentence.endswith("?") or set_off or any(one.match(sentence) for one in (_QUESTION_LABEL, _AROUND))


def _is_label(words: str) -> bool:
    """Whether a paragraph is but a few words without a stop: a signature, or a heading that is not written as one."""
    return len(words.split()) <= LONGEST_LABEL and words[-1:].isalnum() and LIST_ITEM.match(words) is None


class Introduced:
    """What a section's heading, or the block before, says of whose words follow: a colon carries over a blank line."""

    def __init__(self, heading: str) -> None:
        self._others_part = any(part.fullmatch(plain(heading)) for part in (OTHERS_PART, NOTES))
        self._colon = self._speech = False

    def voices(self, words: str, sentences: Sequence[str], voices: Sequence[bool]) -> tuple[bool, ...]:
        """The voices of the next block, ``words``, as they are once what stands before it is heard."""
        quoted = words.lstrip()[:1] in ("“", '"')
        attributed = self._colon or (self._speech and quoted)
        own = tuple(
            voice and not attributed and (not self._others_part or OWN_SPEAKS.match(plain(sentence)) is not None)
            for voice, sentence in zip(voices, sentences, strict=True)
        )
        # Speech goes on for as long as paragraphs open with a quotation mark.
        left_open = words.count("“") > words.count("”") and not quoted
        self._speech = (attributed and quoted) or (left_open and not own[-1])
        self._colon = words.rstrip().endswith(":") and not own[-1]
        return own


def role_of(text: str, sentences: Sequence[Span], voices: Sequence[bool]) -> Role:
    """Position where ASCL's own voice says what ought to be, reason where it explains, context where it is not ASCL's."""
    own = [plain(sentence.of(text)) for sentence, voice in zip(sentences, voices, strict=True) if voice]
    if not own:
        return Role.CONTEXT
    return Role.POSITION if any(_NORMATIVE.search(sentence) for sentence in own) else Role.REASON
