"""What to offer when there is no answer: nearest topics, and papers that are named but not held."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.answer import Nearest
from chatbot.judged import Judged
from chatbot.vocabulary import COMMON_TERMS, covered
from corpus.models import Corpus
from index.terms import terms

TOPICS = 3
OFF_TOPIC = 0.24  # best cosine to anything held, below which a question is about something else altogether


def nearest_topics(corpus: Corpus, judged: Sequence[Judged]) -> tuple[Nearest, ...]:
    """Up to three topics, best first, each with the statement that stands nearest."""
    ranked = [statement for one in judged for statement in one.statements]
    # Text above the first heading bears the page's title, which is no topic to ask about unless there is no other.
    headed = [one for one in ranked if one.section.name != corpus.document(one.document).title]
    topics: dict[str, str] = {}
    for statement in headed or ranked:
        topics.setdefault(statement.section.name, statement.id)
    return tuple(Nearest(topic, statement) for topic, statement in list(topics.items())[:TOPICS])


def named_papers(corpus: Corpus, judged: Sequence[Judged]) -> tuple[str, ...]:
    """Pointers whose paper's title names a thing that was asked for."""
    papers = []
    for document in corpus.documents:
        for pointer in document.pointers:
            title = frozenset(terms(pointer.paper))
            units = [unit for one in judged for unit in one.understood.own_units if not COMMON_TERMS.issuperset(unit.phrase)]
            if any(covered(unit, title - COMMON_TERMS) for unit in units):
                papers.append(pointer.text)
    return tuple(dict.fromkeys(papers))


def is_off_topic(judged: Sequence[Judged]) -> bool:
    """Whether nothing held, answered or known to be unanswered, is anywhere near, and no word of the field was used."""
    for one in judged:
        near = (scores for part in one.found for scores in (part.passage, part.sentence, part.question, part.unanswered))
        best = max((float(scores.max()) for scores in near), default=0.0)
        if best >= OFF_TOPIC or any(unit.same or unit.related for unit in one.understood.units):
            return False
    return True
