"""Understand a question: clean it, take its frame off, name what it asks for, and tie a follow-up to what came before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot.spelling import Speller
from chatbot.vocabulary import COMMON_TERMS, GENERAL_TERMS, Unit, Vocabulary
from corpus.text import plain
from index.framing import without_frame, without_own_pronoun
from index.terms import terms, words

SEPARATOR = ": "  # between the subjects of several turns
FEW_WORDS = 5  # a turn of so few words leans on what came before
WHOLE_QUESTION = 4  # words, from which a turn may be one
FRAME = 2  # words that are taken off one, at least
TURNS_READ = 6  # earlier turns that are looked at, the last ones
MOST_OF_A_TURN = 600  # characters of each that are
CONTEXT_TURNS = 3  # earlier turns whose subjects are taken along, at most
FORM_OF_TURN = (
    "leans",
    "few",
    "opens",
    "half",
    "points",
    "corrects",
    "names_a_subject",
    "terms",
    "words",
    "known",
)
_BETWEEN_NAMES = ("the", "a", "an", "of", "and", "for")
_NAME_NOTHING = COMMON_TERMS | GENERAL_TERMS

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
_SPACES = re.compile(r"\s+")
_OPENS_LEANING = re.compile(
    r"^(?:and|what about|how about|also|or|but|so|then|ok(?:ay)?,? (?:and|what|so|but|then|how)|why|why not|how so|"
    r"which ones?|same\s+(?:question\s+|thing\s+|again\s+)?(?:for|on|about|with)|any others?|more)\b",
    re.IGNORECASE,
)
# "By subject, or just a headline number?" is half a sentence; "At what age should swimming begin?" is a whole one.
_HALF_A_SENTENCE = re.compile(
    r"^(?:by|in|at|for|from|with|of|on|to|under|before|after|without|through|beyond|because|even|just|only)\b"
    r"(?!.*\b(?:should|does|do|did|is|are|was|were|would|will|can|could|must|has|have|what|how|which|who)\b)",
    re.IGNORECASE,
)
_OPENS_A_QUESTION = re.compile(
    r"^\W*(?:should|shall|does|do|did|is|are|was|were|can|could|would|will|must|has|have|ought|how|what|who|which|when|where|why)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|he|she|such|there|one|ones|the same)\b", re.IGNORECASE
)
_THE_REST = re.compile(
    r"\b(?:the\s+(?:rest|others?|remainder|remaining\b|opposite)|(?:what|who|anything|anyone|anybody|everything|everyone|something)\s+else|others?\s*\?|"
    r"instead|(?:before|after|below|above|beyond)\s+(?:that|this|those|it)|(?:the\s+)?(?:younger|older|other|smaller|bigger|remaining)\s+ones?|"
    r"rather)\b",
    re.IGNORECASE,
)
_PARTICULAR = re.compile(
    r"\W*(?:(?:and|so|but|then)\W+)?(?:who|whom|whose|how(?!\s+about)|when|where|why|should)\b", re.IGNORECASE
)
_LEAN_WORDS = re.compile(
    r"^(?:(?:moving on(?:\s+to)?|turning to|let(?:'s| us) (?:turn|move on|go(?: back)?) to|"
    r"next(?=\s*[,:]|\s+(?:up|question|topic)\b)(?:\s+\w+)?|"
    r"ok(?:ay)?|right|so|and|but|then|also|or|what about|how about|thanks|thank you|cool|fine|good|great|"
    r"same\s+(?:question\s+|thing\s+|again\s+)?(?:for|on|about|with)|"
    r"(?:what\s+)?(?:i|we)\s+(?:only\s+|just\s+)?(?:need|want)(?:\s+is)?\s+(?:just\s+|only\s+)?the\s+(?:bit|part|side)\s+(?:about|on|of))\b[\s,.!]*)+|"
    r"[\s,]+(?:then|too|as well|though|instead)(?=[\s?.!]*$)",
    re.IGNORECASE,
)
# "No, I meant the curriculum" puts another subject in the place of the last one.
_CORRECTS = re.compile(
    r"^\W*(?:(?:no|nope|not\s+that|sorry|oh|ah|actually|wait|rather)\b\W*)*"
    r"(?:(?:i|we)(?:'d|\s+had)?\s+(?:actually\s+|really\s+)?(?:meant|mean|(?:was|were)\s+(?:asking|talking|thinking|after|looking)\s+(?:about|of|on|for|(?=the\b))|asked\s+about)"
    r"(?:\s+(?:about|on))?(?:\s*\bthe\s+(?:bit|part|side)\s+(?:about|on|of))?"
    r"|(?:not\s+that|sorry)\W+(?=(?:what|how)\s+about\b))(?:\s+to\s+ask\b)?(?:\s+(?:about|on))?\s*",
    re.IGNORECASE,
)
_NOT_THE_OTHER = re.compile(r"(?:,?\s+(?:not|rather\s+than|instead\s+of)\b.*|,?\s+actually)[\s.!]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question made ready.

    ``asked`` is the asker's text without hidden characters; ``subject`` what it asks for, frame removed and spelling
    repaired; ``terms`` its stems and ``units`` the things it names. ``names`` are what statements call the things that it
    calls otherwise. ``context`` is the earlier subject it leans on, whose units are then among its own.
    """

    asked: str
    subject: str
    terms: tuple[str, ...]
    units: tuple[Unit, ...]
    names: tuple[str, ...] = ()
    context: str | None = None

    @property
    def own_units(self) -> tuple[Unit, ...]:
        """The things this turn itself names, without those of the earlier subject it leans on."""
        own = frozenset(self.terms)
        return tuple(unit for unit in self.units if own.issuperset(unit.phrase))

    @property
    def encoded(self) -> tuple[str, ...]:
        """The texts whose vectors are needed to search."""
        return (self.subject,) if self.context is None else (self.subject, self.context, self.searched_for)

    @property
    def searched_for(self) -> str:
        """The resolved question, as the interface shows it and as it may be searched again."""
        return f"{self.context}{SEPARATOR}{self.subject}" if self.context else self.subject


def cleaned(text: str) -> str:
    """The text as one line, without control, format, surrogate or private characters.

    Hidden characters can smuggle words past a reader; a zero-width joiner inside a word must not split it either. Letters in bold
    or full-width forms are read as what they are.
    """
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in _HIDDEN).split())


def understand(question: str, history: Sequence[str], vocabulary: Vocabulary, speller: Speller) -> tuple[Understood, ...]:
    """The readings of a cleaned question: with the subjects of the turns before it, with the last one that may have taken the
    place of the others ("What about curriculum?"), and alone where it names something.

    ``history`` holds the asker's earlier questions, oldest first. :mod:`chatbot.leaning` tells whether it is meant alone.
    """
    alone = _alone(question, vocabulary, speller)
    earlier: list[str] = []
    latest = None
    for turn in (_alone(cleaned(held)[:MOST_OF_A_TURN], vocabulary, speller) for held in history[-TURNS_READ:]):
        if turn.units and (_changes_the_subject(turn) or _names_what_no_statement_does(turn, vocabulary)):
            earlier, latest = [turn.subject], None
        elif turn.units:
            latest = turn.subject if earlier and names_a_subject(turn, vocabulary) else latest
            earlier.append(turn.subject)
    if not earlier or (_CORRECTS.match(plain(alone.asked)) and _is_a_name(alone)):
        return (alone,)
    contexts = dict.fromkeys(filter(None, (SEPARATOR.join(dict.fromkeys(earlier[-CONTEXT_TURNS:])), latest)))
    leaning = tuple(_leaning(alone, context, vocabulary) for context in contexts)
    # "And schools?" names nothing that a page could be about by itself.
    return (*leaning, alone) if names_something(alone) else leaning


def _changes_the_subject(turn: Understood) -> bool:
    """Whether nothing asked before an earlier turn counts any more: it is a whole question that points to nothing.

    "What's your view on pay?" is; "And pay?" and "I gave her that part." are not.
    """
    if len(words(turn.asked)) < WHOLE_QUESTION or any(_pointers(turn)) or not names_something(turn):
        return False
    framed = len(turn.asked.split()) - len(turn.subject.split()) >= FRAME
    return framed or _OPENS_A_QUESTION.match(turn.asked) is not None


def _leaning(turn: Understood, context: str, vocabulary: Vocabulary) -> Understood:
    earlier = vocabulary.units(terms(context))
    units = tuple({unit.phrase: unit for unit in (*turn.units, *earlier)}.values())
    return replace(turn, units=units, context=context)


def with_told(told: Sequence[str], alone: Understood, vocabulary: Vocabulary, speller: Speller) -> Understood:
    """The reading of a question together with the sentences said in front of it, each without its own frame."""
    subject = ". ".join((*(_alone(cleaned(sentence), vocabulary, speller).subject for sentence in told), alone.subject))
    return _made_ready(alone.asked, subject, vocabulary)


def asks_for_rest(question: str) -> bool:
    """Whether a follow-up asks for something else than what was just shown: "And the rest?", "What would you do instead?"."""
    return _THE_REST.search(question) is not None


def asks_for_rest_alone(question: str) -> bool:
    """Whether it asks for nothing besides: "And the rest?" does, "What about the rest of the UK?" names a thing of its own.

    "Who should do the rest?" asks who.
    """
    return asks_for_rest(question) and not _PARTICULAR.match(question) and not terms(_THE_REST.sub(" ", question))


def names_something(reading: Understood) -> bool:
    """Whether a reading names more than words of the whole field, and than words for something named before."""
    return any(
        not _NAME_NOTHING.issuperset(unit.phrase) or (len(unit.phrase) > 1 and (unit.same or unit.related))
        for unit in reading.units
    )


def names_a_subject(turn: Understood, vocabulary: Vocabulary) -> bool:
    """Whether a turn is the name of a subject that statements speak of and nothing more: "What about curriculum?" is."""
    known = all(unit.same or unit.related or all(map(vocabulary.knows, unit.phrase)) for unit in turn.units)
    return known and _is_a_name(turn)


def _names_what_no_statement_does(turn: Understood, vocabulary: Vocabulary) -> bool:
    """The same of one that no statement speaks of: "What about uniform?". What is asked next is asked of that."""
    telling = [unit for unit in turn.units if not _NAME_NOTHING.issuperset(unit.phrase)]
    return _is_a_name(turn) and not any(_spoken_of(unit, vocabulary) for unit in telling)


def _spoken_of(unit: Unit, vocabulary: Vocabulary) -> bool:
    """Whether statements hold the words of a unit, or of another name for it."""
    return any(all(map(vocabulary.knows, phrase)) for phrase in (unit.phrase, *unit.same))


def _is_a_name(turn: Understood) -> bool:
    named = [word for word in words(turn.subject) if word not in _BETWEEN_NAMES]
    return names_something(turn) and len(named) == len(turn.terms)


def leans(turn: Understood) -> bool:
    """Whether a turn by its form does not stand alone: few words, a pronoun or demonstrative, an opening such as "and", half a
    sentence, or nothing named.
    """
    if _CORRECTS.match(plain(turn.asked)):
        return False
    return len(words(turn.asked)) <= FEW_WORDS or any(_pointers(turn)) or GENERAL_TERMS.issuperset(turn.terms)


def half_a_sentence(turn: Understood) -> bool:
    """Whether a turn is a part of a sentence that goes on with the one before it: "for sixth forms?"."""
    return _HALF_A_SENTENCE.match(turn.subject) is not None


def points_back(turn: Understood) -> bool:
    """Whether a turn points to something said before it by a pronoun or demonstrative."""
    return _POINTS_BACK.search(without_own_pronoun(turn.asked)) is not None


def _pointers(turn: Understood) -> tuple[bool, bool, bool]:
    return (
        _OPENS_LEANING.match(turn.asked) is not None,
        half_a_sentence(turn),
        points_back(turn),
    )


def form_of_turn(turn: Understood, vocabulary: Vocabulary) -> tuple[float, ...]:
    """What a turn's own words tell of whether it leans on earlier ones: a number for each name in ``FORM_OF_TURN``."""
    return (
        float(leans(turn)),
        float(len(words(turn.asked)) <= FEW_WORDS),
        *map(float, _pointers(turn)),
        float(_CORRECTS.match(plain(turn.asked)) is not None),
        float(names_a_subject(turn, vocabulary)),
        float(min(len(turn.terms), 8)),
        float(min(len(words(turn.asked)), 20)),
        float(min(sum(_known(unit, vocabulary) for unit in turn.units), 4)),
    )


def _known(unit: Unit, vocabulary: Vocabulary) -> bool:
    return bool(unit.same or unit.related) or any(map(vocabulary.knows, unit.phrase))


def _alone(question: str, vocabulary: Vocabulary, speller: Speller) -> Understood:
    repaired = speller.repaired(question)
    if _CORRECTS.match(plain(repaired)):
        repaired = _NOT_THE_OTHER.sub("", _CORRECTS.sub("", plain(repaired))) or repaired
    subject = without_frame(_LEAN_WORDS.sub("", repaired).strip() or repaired)
    subject = subject.rstrip(" ?!.,;:") or subject
    return _made_ready(question, subject, vocabulary)


def _made_ready(asked: str, subject: str, vocabulary: Vocabulary) -> Understood:
    found = tuple(terms(subject))
    units = vocabulary.units(found)
    return Understood(asked, subject, found, units, tuple(vocabulary.our_names(units)))
