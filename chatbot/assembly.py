"""Build everything once: corpus, index, encoder, judge; and answer questions with it."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.answer import Answer
from chatbot.answering import Recipe
from chatbot.judging import load_judge
from chatbot.searching import Searcher
from chatbot.settings import Settings
from chatbot.starters import with_starters
from corpus.loading import Corpus, load_corpus
from index.opening import OpenIndex, open_index


class Service:
    """Answers questions. One instance serves every interface and every thread."""

    def __init__(self, settings: Settings, corpus: Corpus, index: OpenIndex) -> None:
        self.settings = settings
        self.corpus = corpus
        self.index_build = index.manifest.build
        searcher = Searcher(corpus, index, index.encoder, load_judge())
        self._recipe = Recipe(searcher, settings)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        """Answer any text; ``history`` holds the asker's earlier questions, oldest first. Never raises for a text."""
        answer = self._recipe.answer(question, history, explain=explain)
        if answer.diagnostics is not None:
            answer.diagnostics["index"] = self.index_build
        return answer


def assemble(settings: Settings) -> Service:
    """Open corpus and index, which holds its encoder. Never builds.

    Raises:
        CorpusError: if a document cannot be used.
        IndexRefused: if the index is missing, damaged or stale.
    """
    corpus = load_corpus(settings.corpus_folder)
    settings = with_starters(settings, corpus)
    index = open_index(settings.index_folder, corpus, settings.model, settings.encoder_threads)
    return Service(settings, corpus, index)
