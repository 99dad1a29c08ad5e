"""What a passage that is not printed as pasted was altered from: the statement that most of its words stand in."""

from __future__ import annotations

from collections import defaultdict

from chatbot.comparing import in_one_style, shared_words
from chatbot.verification import FEWEST_WORDS
from corpus.models import Corpus, Document, Span, Statement

ALIKE = 0.55  # share of a passage's words that stand in runs in a source, from which it is that source, altered
LOOKED_AT = 8  # statements with the most telling words, compared in full


class Sources:
    """The statements of a corpus by their words."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._words = {statement.id: in_one_style(statement.text).split() for statement in corpus.statements.values()}
        self._held_by: defaultdict[str, list[str]] = defaultdict(list)
        for name, words in self._words.items():
            for word in dict.fromkeys(words):
                self._held_by[word].append(name)

    def nearest(self, passage: str) -> Statement | None:
        """The statement that most of a passage's words stand in, in runs; None where too few do."""
        words = in_one_style(passage).split()
        if len(words) < FEWEST_WORDS:
            return None
        best, best_shared = None, 0
        for name in self._most_telling(words):
            shared, longest = shared_words(words, self._words[name])
            if longest >= FEWEST_WORDS - (len(words) <= 4) and shared > best_shared:
                best, best_shared = name, shared
        # Two joined statements share half their words with either.
        return self._corpus.statements[best] if best and best_shared >= ALIKE * len(words) else None

    def _most_telling(self, words: list[str]) -> list[str]:
        """A word tells the more, the fewer statements hold it."""
        told: defaultdict[str, float] = defaultdict(float)
        for word in dict.fromkeys(words):
            for name in self._held_by.get(word, ()):
                told[name] += 1 / len(self._held_by[word])
        return sorted(told, key=lambda name: -told[name])[:LOOKED_AT]


def window(document: Document, statement: Statement, passage: str) -> Span:
    """The sentences of a statement that a passage shares words with, from the first to the last."""
    words = in_one_style(passage).split()
    near = [
        sentence
        for sentence in statement.sentences
        if shared_words(words, in_one_style(sentence.of(document.text)).split())[1] >= FEWEST_WORDS - 1
    ]
    return Span(near[0].start, near[-1].end) if near else statement.span
