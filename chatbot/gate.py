"""What a message is, before anything is searched: a question, a part of the talk around it, or something to be declined.

A classifier learnt from the examples in ``chatbot/evaluation/turns`` by ``scripts/calibrate.py``. It sees the words, their
pairs and threes, and runs of letters; where these alone do not settle it, the message's vector as well. Rules were tried
first: of 500 messages that nobody had seen they knew half.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import accumulate, takewhile
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.text import plain
from index.encoder import Vectors
from index.wording import Wording, letter_runs, weighed

MODEL_FILE = Path(__file__).with_name("gate_model.npz")
BUCKETS = 2**14
PHRASES = (1, 2, 3)  # words
SETTLED = 0.97  # probability of a question by its words alone, from which its vector is not asked for
MOST_READ = 2000  # characters of a message that are looked at
MOST_ENCODED = 3000  # characters of sentences and clauses whose vectors are asked for, beside the message itself
MOST_SENTENCES = 40  # of a message that are read by themselves
MOST_CLAUSES = 200  # of a message that are looked at for somebody at risk
MAY_TELL = 0.4  # probability by its words that a clause tells of danger, from which its vector is asked for
TOLD_IN_PASSING = 0.7  # probability that it does, from which it decides for the whole message
TOLD_SURELY = 0.98  # probability of danger in a clause or sentence, from which nothing else that the message asks is answered
_SENTENCE = re.compile(r"[^.!?:]+[.!?:]*")
# "Does the union back it?" asks ASCL; to the gate a union is another body.
_OURSELVES = re.compile(
    r"\b(?:the|our|your|this|my)\s+(?:union|association|organisation)(?=(?:'s|’s)?\b)(?!\s+(?:of|for)\b)", re.IGNORECASE
)
# "What does ASCL think about inspection, my dad hits me every night" has it in half a sentence.
# What is asked beside it may follow without any mark: "i want out of this life what does ascl say about inspection".
_CLAUSE = re.compile(
    r"[.!?,;:()\[\]…]+|\s+[-–—]+\s+|\b(?:because|cos|coz|but|and|also|so|given\s+that)\b"
    r"|(?=\b(?:what\s+(?:does|do|is|are|about)|where\s+(?:does|do)|(?:does|do|is)\s+ASCL|should|who\s+should)\b)",
    re.IGNORECASE,
)
_OF_THEMSELVES = re.compile(r"\b(?:i|im|i'm|ive|i've|me|my|mine|myself|us|ourselves)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[?!]")

ARRAYS = ("rarity", "alone", "alone_bias", "worded", "dense", "bias")

Chances = NDArray[np.float64]


class Message(StrEnum):
    """What a message may be."""

    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT_BOT = "about_bot"
    ABOUT_LAST = "about_last"
    MORE = "more"
    UNCLEAR = "unclear"
    OFF_TOPIC = "off_topic"
    ABUSE = "abuse"
    INSTRUCTION = "instruction"
    PERSONAL_DATA = "personal_data"
    ADVICE = "advice"
    OTHER_BODY = "other_body"
    EMERGENCY = "emergency"


# The least probability from which a message is taken for something else than a question. Somebody at risk is not missed
# for want of certainty; a question on policy is not turned away for a likeness.
LEAST = {Message.EMERGENCY: 0.15, Message.QUESTION: 0.0}
# Decide for a message though one sentence of it is so, from this probability, the gravest first; lower ones turned questions
# away that tell a story.
WEIGHTY = {Message.EMERGENCY: 0.7, Message.PERSONAL_DATA: 0.9}
# Probability of a question, from which a message that sounds like danger asks one as well: where a sentence of it sounds so, and
# where only the whole does.
SURELY_ASKS = 0.9
RATHER_ASKS = 0.5
LEAST_OTHERWISE = 0.4
# A cry for help is doubtful below this probability of danger in a clause or sentence, where the whole is so many times likelier
# to be one of these instead. Another body's view is none of them: whoever asks for it names danger as policy does.
PLAINLY = 0.95
FAR_RATHER = 2.0
RATHER = (Message.ADVICE, Message.PERSONAL_DATA, Message.ABUSE, Message.INSTRUCTION)
_PLACES = {kind: place for place, kind in enumerate(Message)}


@dataclass(frozen=True, slots=True)
class Worded:
    """A message or sentence of it: what it strikes (:func:`struck`), and the chances of each class by that alone."""

    text: str
    buckets: NDArray[np.int64]
    weights: Vectors
    chances: Chances

    @property
    def settled(self) -> bool:
        """Whether it is so surely a question that its vector is not asked for."""
        return _chance(self.chances, Message.QUESTION) >= SETTLED


@dataclass(frozen=True, slots=True)
class Glance:
    """What the words of a message tell: of the whole, which stands first, and of each sentence where it has several.

    ``clauses`` are those in which the asker speaks of themselves, wherever in the message.
    """

    parts: tuple[Worded, ...]
    clauses: tuple[Worded, ...] = ()

    @property
    def undecided(self) -> tuple[str, ...]:
        """The texts whose vectors are needed to say more: of a long message those that may tell of danger first, and not all."""
        whole, *others = (*self.parts, *self.alarming)
        others.sort(key=lambda part: -_chance(part.chances, Message.EMERGENCY))
        ends = accumulate(len(part.text) for part in others)
        kept = [part for part, end in zip(others, ends, strict=True) if end <= MOST_ENCODED]
        return tuple(part.text for part in (whole, *kept) if not part.settled)

    @property
    def alarming(self) -> tuple[Worded, ...]:
        """The clauses whose words may tell of danger."""
        return tuple(one for one in self.clauses if _chance(one.chances, Message.EMERGENCY) >= MAY_TELL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message was taken for, how probable that is in [0, 1], and whether one sentence of it decided.

    ``asks`` is the probability in [0, 1] that the message as a whole is a question, ``asks_too`` whether one that was taken for a
    cry for help may be a sad story told before a question: it likely asks one, and no part of it surely tells of danger.
    ``rather`` is which of :data:`RATHER` the message as a whole far likelier is, where a cry for help is doubtful.
    ``goes_on`` says that it is what it is because of the message before it, which no probability was computed for.
    """

    message: Message
    chance: float
    by_sentence: bool = False
    asks: float = 0.0
    asks_too: bool = False
    rather: Message | None = None
    goes_on: bool = False


@dataclass(frozen=True)
class Gate:
    """Two multinomial logistic regressions over the classes of :class:`Message`, in their order.

    ``alone`` (BUCKETS, classes) sees the words; ``worded`` and ``dense`` (dimension, classes) see words and vector
    together. ``rarity`` (BUCKETS,) says how telling a bucket is. ``model`` is the digest of the embedding model.
    """

    rarity: Vectors
    alone: Vectors
    alone_bias: Vectors
    worded: Vectors
    dense: Vectors
    bias: Vectors
    model: str

    def glance(self, text: str) -> Glance:
        """What the words of a cleaned message tell by themselves, of the whole and of each sentence.

        Each sentence is read by itself as well: "What about funding? My stepdad hits me." is no question on funding.
        """
        named = _OURSELVES.sub("ASCL", text)
        sentences = [sentence.strip() for sentence in _SENTENCE.findall(named)][:MOST_SENTENCES]
        return Glance(
            tuple(self._worded(one) for one in (named, *(sentences if len(sentences) > 1 else ()))),
            tuple(self._worded(one) for one in _told_by_the_asker(named)),
        )

    def verdict(self, glance: Glance, vectors: Mapping[str, Vectors]) -> Verdict:
        """What a message is; ``vectors`` holds those of ``glance.undecided``, each of shape (dimension,).

        Where one is missing, the words alone decide.
        """
        whole, *sentences = (self._chances(one, vectors) for one in glance.parts)
        told = max((_chance(self._chances(one, vectors), Message.EMERGENCY) for one in glance.alarming), default=0.0)
        surest = {kind: max((_chance(one, kind) for one in sentences), default=0.0) for kind in WEIGHTY}
        taken = _taken(whole, surest, told)
        return _with_doubts(taken, whole, surest[Message.EMERGENCY], told) if taken.message is Message.EMERGENCY else taken

    def _worded(self, text: str) -> Worded:
        buckets, weights = struck(text, self.rarity)
        return Worded(text[:MOST_READ], buckets, weights, _softmax(weights @ self.alone[buckets] + self.alone_bias))

    def _chances(self, one: Worded, vectors: Mapping[str, Vectors]) -> Chances:
        """The probability of each class of :class:`Message`, in their order."""
        vector = None if one.settled else vectors.get(one.text)
        if vector is None:
            return one.chances
        return _softmax(one.weights @ self.worded[one.buckets] + vector @ self.dense + self.bias)


def _taken(whole: Chances, surest: Mapping[Message, float], told: float) -> Verdict:
    """What a message is taken for: a clause that tells of danger decides, then a sentence that weighs more, then the whole."""
    kind, asks = decided(whole), _chance(whole, Message.QUESTION)
    if told >= TOLD_IN_PASSING:
        return Verdict(Message.EMERGENCY, told, by_sentence=True, asks=asks)
    graver = takewhile(lambda one: one is not kind, WEIGHTY)
    by_sentence = next((one for one in graver if surest[one] >= WEIGHTY[one]), None)
    if by_sentence is not None:
        return Verdict(by_sentence, surest[by_sentence], by_sentence=True, asks=asks)
    return Verdict(kind, _chance(whole, kind), asks=asks)


def _with_doubts(cry: Verdict, whole: Chances, in_a_sentence: float, told: float) -> Verdict:
    """A cry for help, with whether a question is asked beside it, and what the message rather is where the cry is doubtful."""
    heard = max(told, in_a_sentence)
    alarmed = told >= TOLD_IN_PASSING or in_a_sentence >= WEIGHTY[Message.EMERGENCY]
    rather = max(RATHER, key=lambda kind: _chance(whole, kind))
    far_rather = max(FAR_RATHER * _chance(whole, Message.EMERGENCY), LEAST_OTHERWISE, _chance(whole, Message.QUESTION))
    return replace(
        cry,
        asks_too=heard < TOLD_SURELY and cry.asks >= (SURELY_ASKS if alarmed else RATHER_ASKS),
        rather=rather if heard < PLAINLY and _chance(whole, rather) >= far_rather else None,
    )


def _chance(chances: Chances, kind: Message) -> float:
    return float(chances[_PLACES[kind]])


def _told_by_the_asker(text: str) -> list[str]:
    """The clauses, or so much of a message without any, in which somebody speaks of themselves; the last ones if too many."""
    clauses = (clause.strip() for clause in _CLAUSE.split(plain(text)))
    return [clause for clause in clauses if len(clause.split()) > 2 and _OF_THEMSELVES.search(clause)][-MOST_CLAUSES:]


def decided(chances: Chances) -> Message:
    """The likeliest class that is likely enough; a question where none is."""
    kinds: list[Message] = list(Message)
    if _chance(chances, Message.EMERGENCY) >= LEAST[Message.EMERGENCY]:
        return Message.EMERGENCY
    for place in np.argsort(-chances, kind="stable"):
        if chances[place] >= LEAST.get(kinds[place], LEAST_OTHERWISE):
            return kinds[int(place)]
    return Message.QUESTION


def struck(text: str, rarity: Vectors) -> tuple[NDArray[np.int64], Vectors]:
    """The buckets that a message strikes and their weights; phrases and runs of letters each brought to length 1."""
    tokens = _TOKEN.findall(plain(text[:MOST_READ]).lower())
    phrases = Counter(crc32(f"p {phrase}".encode()) % BUCKETS for phrase in _phrases(tokens))
    return weighed(Wording(phrases, Counter(run % BUCKETS for token in tokens for run in letter_runs(token))), rarity)


@cache
def load_gate(path: Path = MODEL_FILE) -> Gate:
    """The gate that ships with the code."""
    with np.load(path, allow_pickle=False) as held:
        return Gate(**{name: held[name].astype(np.float32) for name in ARRAYS}, model=str(held["model"]))


def _phrases(tokens: Sequence[str]) -> Iterable[str]:
    bounded = ["<", *tokens, ">"]
    for length in PHRASES:
        yield from (" ".join(bounded[start : start + length]) for start in range(len(bounded) - length + 1))


def _softmax(scores: Vectors) -> Chances:
    raised = np.exp(scores.astype(np.float64) - float(scores.max()))
    return np.asarray(raised / raised.sum())
