"""One question through understanding, retrieval and judging: what was found, judged and rejected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np

from chatbot.aligning import Alignment, load_alignment
from chatbot.forms import Forms, load_forms
from chatbot.judged import Asked, Judged
from chatbot.judging import Judge
from chatbot.leaning import leans_on
from chatbot.quoting import standing_sentences
from chatbot.relating import SILENT, Relation, load_relation
from chatbot.reranking import RERANKED, Reranker, reweighed
from chatbot.retrieval import Query, retrieve
from chatbot.signals import NAMES, signals
from chatbot.spelling import Speller
from chatbot.understanding import (
    SEPARATOR,
    Understood,
    cleaned,
    form_of_turn,
    half_a_sentence,
    names_a_subject,
    names_something,
    points_back,
    understand,
    with_told,
)
from chatbot.vocabulary import Vocabulary
from corpus.models import Corpus, Status
from index.encoder import Encoded, Encoder, Vectors
from index.opening import OpenIndex
from index.terms import FUNCTION_WORDS, terms, words
from index.wording import wording

_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}s?\b")
FAR_LIKELIER = 4.0  # times the odds of a reading that is likely itself
SHORT_TURN = 7  # words of a turn that hardly asks of anything but what it points to
HARDLY = 0.2  # judged probability, below which there is hardly an answer
SURELY = 0.9  # judged probability, from which there is hardly a doubt
UNDERSTOOD = 64  # questions that are kept understood: those under way
NAMED_SHARE = 0.4  # of the vector of our names for what is asked about; on papers left out hardly better than 0.7
CONTEXT_SHARE = 0.5  # of an earlier subject's vector in a follow-up; measured +0.035 nDCG@5 on follow-ups (MTRAG)
# Of the vector of both in one text: +.012 right statements first, +.019 among three, on the 763 follow-ups among the cases then.
TOGETHER_SHARE = 0.5


class Searcher:
    """Everything about a corpus and its index that is prepared once and used for every question."""

    def __init__(
        self,
        corpus: Corpus,
        index: OpenIndex,
        encoder: Encoder,
        judge: Judge,
        reranker: Reranker | None = None,
        forms: Forms | None = None,
        relation: Relation | None = None,
        alignment: Alignment | None = None,
    ) -> None:
        self.corpus = corpus
        self.judge = judge
        self._index = index
        self._encoder = encoder
        self._reranker = reranker
        self._forms = forms or load_forms()
        relation = relation or load_relation()
        self.model_digest = index.manifest.model_digest
        self._relation = relation if relation.model == self.model_digest else SILENT
        self._alignment = alignment or (load_alignment() if index.projection is not None else None)
        self._statements = tuple(corpus.statements.values())
        self._may_be_quoted = cache(self._quotable)
        lexicon = index.lexicon
        self._vocabulary = Vocabulary(lexicon)
        self._speller = speller = Speller(
            lexicon.preferred, index.words, corpus.glossary.never_expand, lexicon.beside, lexicon.stated
        )
        # A question is understood before it is encoded and again when it is searched.
        self._understood = lru_cache(maxsize=UNDERSTOOD)(
            lambda question, history: understand(question, history, self._vocabulary, speller)
        )

    def with_learnt(self, relation: Relation, alignment: Alignment, index: OpenIndex) -> Searcher:
        """The same with what was learnt otherwise, and an index of the same corpus that goes with it; the rest is shared."""
        other = copy(self)
        other._relation, other._alignment, other._index = relation, alignment, index
        return other

    def read(self, question: str, history: Sequence[str]) -> Judged:
        """A question searched in each of its readings; the one that is likeliest to be meant."""
        return self.read_all([Asked(question, history)])[0]

    def read_all(self, asked: Sequence[Asked], known: Mapping[str, Encoded] = MappingProxyType({})) -> list[Judged]:
        """The same of several questions, encoded all at once but for the texts whose vectors are ``known``."""
        encoded = self.encoded(self.texts_of(asked), known)
        return [self._reranked(self._likeliest(one, encoded)) for one in asked]

    def texts_of(self, asked: Sequence[Asked]) -> list[str]:
        """The texts whose vectors :meth:`read_all` needs for some questions."""
        return [
            text
            for question in asked
            for one in (*self.readings(question.question, question.history), *self._with_told(question))
            for text in one.encoded
        ]

    def _likeliest(self, asked: Asked, encoded: Mapping[str, Encoded]) -> Judged:
        """The reading that is likeliest to be meant.

        With what was told in front a question is read where it is likelier to have an answer so, by far where it surely has one
        without: "HMCI has asked for a remit over MATs. Support or oppose?" asks what its second sentence does not name.
        """
        read = [self._search(one, encoded) for one in self.readings(asked.question, asked.history)]
        alone = read[-1]
        first = max((one for one in read if one.understood.context is not None), key=lambda one: one.chance, default=alone)
        if alone.understood.context is None and first is not alone and not self._leans(first, alone):
            first = alone
        first = self._as_what_it_is_asked_of(first)
        needed = (FAR_LIKELIER if first.chance >= SURELY else 1.0) * first.odds
        told = [one for one in (self._search(held, encoded) for held in self._with_told(asked)) if one.odds > needed]
        best = max((first, *told), key=lambda one: one.chance)
        # "Inspection." "And funding?": what came before only adds to what answers without it.
        same = alone.understood.context is None and not points_back(alone.understood) and alone.leads_as(best)
        return alone if same and alone.chance >= SURELY and alone.odds * FAR_LIKELIER > best.odds else best

    def _as_what_it_is_asked_of(self, judged: Judged) -> Judged:
        """The same, hardly likelier to have an answer than the subject that a turn is asked of which names nothing itself, or
        points to it in few words.

        "Why?" and "Who should set it?" after a question on school uniform that has no answer have none.
        """
        turn, context = judged.understood, judged.understood.context
        if context is None or SEPARATOR in context:
            return judged
        short = points_back(turn) and len(words(turn.asked)) <= SHORT_TURN
        if names_something(replace(turn, units=turn.own_units)) and not short:
            return judged
        asked_of = self.search(self.readings(context, ())[0])
        if asked_of.chance >= HARDLY or judged.chance <= asked_of.chance:
            return judged
        return replace(judged, fits=judged.fits * (asked_of.chance / judged.chance))

    def _leans(self, leaning: Judged, alone: Judged) -> bool:
        """Whether a question is meant with the subjects before it rather than by itself.

        "Is it fairly funded?" points to something before it and "for sixth forms?" goes on with it; "And funding?", which surely
        has an answer, is a new subject.
        """
        if points_back(alone.understood) or half_a_sentence(alone.understood):
            return True
        if alone.chance >= SURELY and names_a_subject(alone.understood, self._vocabulary):
            return False
        return leans_on(self.judge.leaning, self.form_of_turn(alone.understood), leaning.found_as, alone.found_as)

    def form_of_turn(self, alone: Understood) -> tuple[float, ...]:
        """See :func:`chatbot.understanding.form_of_turn`."""
        return form_of_turn(alone, self._vocabulary)

    def _with_told(self, asked: Asked) -> tuple[Understood, ...]:
        if not asked.told:
            return ()
        alone = self.readings(asked.question, ())[0]
        return (with_told(asked.told, alone, self._vocabulary, self._speller),)

    def readings(self, question: str, history: Sequence[str]) -> tuple[Understood, ...]:
        """See :func:`chatbot.understanding.understand`."""
        return self._understood(cleaned(question), tuple(history))

    def repaired(self, text: str) -> str:
        """A cleaned message with its slips of spelling repaired."""
        return self._speller.repaired(text)

    def search(self, understood: Understood) -> Judged:
        """Candidates that may be quoted at all, with their fits, best first."""
        return self._search(understood, self.encoded(understood.encoded))

    def _search(self, understood: Understood, encoded: Mapping[str, Encoded]) -> Judged:
        found = retrieve(self._index, self._query(understood, encoded))
        curated = self.corpus.questions.__contains__
        form = self._forms.log_odds(understood.asked)
        learnt = form, self._relation, self._alignment
        parts = [signals(understood, part, self._statements, self._vocabulary, curated, *learnt) for part in found]
        rows = np.vstack([np.zeros((0, len(NAMES))), *parts])
        numbers = [number for part in found for number in part.statements]
        quotable = [place for place, number in enumerate(numbers) if self._may_be_quoted(number)]
        fits = self.judge.weighed(rows[quotable])
        order = np.argsort(-fits, kind="stable")
        places = [quotable[place] for place in order]
        return Judged(understood, tuple(self._statements[numbers[place]] for place in places), fits[order], rows[places], found)

    def _query(self, understood: Understood, encoded: Mapping[str, Encoded]) -> Query:
        terms_asked = list(understood.terms)
        vector, searched_for = encoded[understood.subject].vector, encoded[understood.searched_for]
        in_our_words = _mixed(vector, self._index.names.of_all(understood.names), NAMED_SHARE) if understood.names else vector
        worded, context, turn = wording(understood.subject), None, None
        if understood.context:
            context, turn = encoded[understood.context].vector, vector
            vector, in_our_words = (
                _mixed(_mixed(own, context, CONTEXT_SHARE), searched_for.vector, TOGETHER_SHARE) for own in (vector, in_our_words)
            )
            worded = worded.with_context(wording(understood.context), CONTEXT_SHARE)
        linked = {term for unit in understood.units for phrase in unit.same | unit.related for term in phrase}
        earlier = terms(understood.context) if understood.context else []
        added = sorted((linked | set(earlier)) - set(terms_asked))
        return Query(vector, in_our_words, worded, terms_asked, added, context, turn, searched_for.tokens)

    def _reranked(self, judged: Judged) -> Judged:
        """The same with the reranker's opinion of the best candidates, where one is set."""
        best = judged.statements[:RERANKED]
        if self._reranker is None or not best:
            return judged
        texts = [f"{statement.section.name}. {statement.text}" for statement in best]
        scores = self._reranker.scores(judged.understood.searched_for, texts)
        return replace(judged, reranked=reweighed(judged.fits, scores))

    def recognises(self, understood: Understood) -> bool:
        """Whether any word of a question is English, an abbreviation or ours, rather than keys struck at random."""
        if _ABBREVIATION.search(understood.subject):
            return True
        return any(
            unit.same or unit.related or any(self._vocabulary.knows(term) for term in unit.phrase) for unit in understood.units
        ) or any(self._speller.knows(word) for word in words(understood.subject) if word not in FUNCTION_WORDS)

    def encoded(self, texts: Iterable[str], known: Mapping[str, Encoded] = MappingProxyType({})) -> Mapping[str, Encoded]:
        """Each text as vectors; those that are not ``known`` are encoded in one run."""
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        return {**known, **dict(zip(missing, self._encoder.encode_fully(missing), strict=True))} if missing else known

    def similarities(self, understood: Understood, texts: Sequence[str]) -> Sequence[float]:
        """The cosine of a question to each of some sentences."""
        vectors = self._encoder.encode([understood.subject, *texts])
        return [float(score) for score in vectors[1:] @ vectors[0]]

    def _quotable(self, number: int) -> bool:
        statement = self._statements[number]
        document = self.corpus.document(statement.document)
        return statement.quotable and document.status is not Status.WITHDRAWN and bool(standing_sentences(document, statement))


def _mixed(vector: Vectors, other: Vectors, share: float) -> Vectors:
    mixed = vector + share * other
    return np.asarray(mixed / np.linalg.norm(mixed), dtype=np.float32)
