"""Questions to start with: those that were set or, where none were, some that the corpus is known to answer."""

from __future__ import annotations

from collections import Counter

from chatbot import page_text
from chatbot.settings import Settings
from corpus.models import Corpus

OFFERED = 4


def with_starters(settings: Settings, corpus: Corpus) -> Settings:
    """The settings with questions to start with."""
    if settings.starter_questions:
        return settings
    return settings.model_copy(update={"starter_questions": from_corpus(corpus)})


def from_corpus(corpus: Corpus) -> tuple[str, ...]:
    """One question for each of the topics that most is said on, the fullest first.

    A question that names a topic is answered by its section. Curated questions are no choice here: some are asked from a
    false premise, which must not stand on the page.
    """
    said = Counter(statement.section for statement in corpus.statements.values() if statement.quotable)
    titles = {document.id: document.title for document in corpus.documents}
    topics = [section.path[-1] for section, _ in said.most_common() if section.path[-1] != titles[section.document]]
    return tuple(page_text.question_about(_within_a_sentence(topic)) for topic in topics[:OFFERED])


def _within_a_sentence(topic: str) -> str:
    """A heading as it stands within a sentence: capitals only where a word has them inside, as in "SEND"."""
    return " ".join(word.lower() if word[1:].islower() or len(word) == 1 else word for word in topic.split())
