"""Build everything once: corpus, index, encoder, judge; and answer questions with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from chatbot.answer import Answer
from chatbot.answering import Recipe
from chatbot.judging import load_judge
from chatbot.reranking import CrossEncoderReranker, Reranker
from chatbot.searching import Searcher
from chatbot.settings import Settings
from chatbot.starters import with_starters
from corpus.models import Corpus
from index.opening import OpenIndex, kept_corpus, open_index
from index.together import Together

KEPT_LENGTH = 2000  # characters of a question with what came before it; a longer one is not kept for the next asker
_FIRST = "What does ASCL think about schol fundding?"  # with slips, so that repairing is made ready, too


class Service:
    """Answers questions. One instance serves every interface and every thread."""

    def __init__(self, settings: Settings, corpus: Corpus, index: OpenIndex) -> None:
        self.settings = settings
        self.corpus = corpus
        self.index_build = index.manifest.build
        searcher = Searcher(corpus, index, Together(index.encoder), load_judge(), _reranker(settings))
        self._recipe = Recipe(searcher, settings)
        # In memory alone and of this index alone: another index is another service. The same question after the same
        # earlier ones is resolved to the same search, so that those two are what an answer is kept under.
        self._kept = lru_cache(maxsize=settings.answer_cache)(self._recipe.answer)

    def warm_up(self) -> None:
        """Answer a first question, so that no visitor waits for what is only made ready when it is needed."""
        self._recipe.answer(_FIRST)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        """Answer any text; ``history`` holds the asker's earlier questions, oldest first. Never raises for a text."""
        earlier = tuple(history[-self.settings.history_limit :]) if self.settings.history_limit else ()
        if not explain and len(question) + sum(map(len, earlier)) <= KEPT_LENGTH:
            return self._kept(question, earlier)
        answer = self._recipe.answer(question, earlier, explain=explain)
        if answer.diagnostics is not None:
            answer.diagnostics["index"] = self.index_build
        return answer


def _reranker(settings: Settings) -> Reranker | None:
    if not settings.reranker:
        return None
    return CrossEncoderReranker.load(settings.reranker)


def assemble(settings: Settings) -> Service:
    """Open corpus and index, which holds its encoder. Never builds.

    Raises:
        CorpusError: if a document cannot be used.
        IndexRefused: if the index is missing, damaged or stale.
        SettingsError: if a reranker is set that cannot be used.
    """
    corpus = kept_corpus(settings.index_folder, settings.corpus_folder) or _loaded(settings.corpus_folder)
    settings = with_starters(settings, corpus)
    index = open_index(settings.index_folder, corpus, settings.model, settings.encoder_threads)
    return Service(settings, corpus, index)


def _loaded(folder: Path) -> Corpus:
    from corpus.loading import load_corpus  # only where it is needed: what parses takes long to import

    return load_corpus(folder)
