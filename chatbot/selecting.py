"""Select the statements that answer, order them as a reader wants them, and cite them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatbot import messages
from chatbot.answer import Answer, Citation, Quote
from chatbot.judged import Judged
from chatbot.judging import Judge
from chatbot.quoting import leaned_on, same_words, spans_to_quote, standing_runs
from chatbot.searching import Searcher
from chatbot.settings import Settings
from chatbot.signals import NAMES
from chatbot.understanding import Understood
from chatbot.vocabulary import COMMON_TERMS, covered
from corpus.models import Corpus, Document, Pointer, Section, Span, Statement, Status
from index.terms import terms

STILL_CURRENT = 0.5  # of a superseded statement's fit, from which a current one takes its place
SEE_ALSO = 4  # papers named under an answer at most


@dataclass(frozen=True)
class Selection:
    """Statements to be quoted, in the order of quotation, each with its spans."""

    chosen: tuple[tuple[Statement, tuple[Span, ...]], ...] = ()


@dataclass(frozen=True)
class Cited:
    """The parts of an answer that come from quoted statements."""

    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    see_also: tuple[str, ...]
    notices: tuple[str, ...]


def select(searcher: Searcher, judged: Judged, threshold: float, limit: int) -> Selection:
    """The statements that answer, or none where the judged probability of an answer stays under ``threshold``.

    How many is decided by how far the others fall short of the best, not by a constant. Superseded statements are
    taken only where no current one answers.
    """
    corpus, judge = searcher.corpus, searcher.judge
    for wanted in (Status.CURRENT, Status.SUPERSEDED):
        kept = [n for n, one in enumerate(judged.statements) if corpus.document(one.document).status is wanted]
        if judged.fits[kept].max(initial=0.0) < threshold:
            continue
        if wanted is Status.SUPERSEDED:
            kept = _still_current(corpus, judged, kept) or kept
        accepted = _without_repeats(near_enough(judge, judged, kept, threshold), limit)
        ordered = _in_reading_order(corpus, accepted)
        spans = ((statement, _spans(searcher, judged, statement)) for statement in ordered)
        return Selection(tuple(chosen for chosen in spans if chosen[1]))
    return Selection()


def _still_current(corpus: Corpus, judged: Judged, superseded: Sequence[int]) -> list[int]:
    """Current statements that fit at least half as well as the best superseded one: what was replaced gives way to them."""
    least = STILL_CURRENT * judged.fits[superseded[0]]
    return [
        place
        for place, statement in enumerate(judged.statements)
        if corpus.document(statement.document).status is Status.CURRENT and judged.fits[place] >= least
    ]


def near_enough(judge: Judge, judged: Judged, kept: Sequence[int], threshold: float) -> list[Statement]:
    """Of the candidates ``kept`` (places), the best one, which stands first, and those that belong beside it.

    A question that only names a topic is answered by the whole of its section. What was judged apart from the best one
    (with curated questions, or without) must hold an answer of its own, by ``threshold``.
    """
    if not kept:
        return []
    kept = sorted(kept, key=lambda place: -judged.weighed[place])
    best = judged.statements[kept[0]]
    whole = names_topic(judged.understood, best.section)
    apart = _apart(judged, kept, threshold)
    accepted = []
    for place in kept:
        statement, share = judged.statements[place], judged.weighed[place] / judged.weighed[kept[0]]
        here = statement.section == best.section
        needed = judge.extra_here if here else judge.extra_elsewhere
        if share > 0 and place not in apart and ((here and whole) or share >= needed):
            accepted.append(statement)
    return accepted


def _apart(judged: Judged, kept: Sequence[int], threshold: float) -> frozenset[int]:
    """Places judged apart from the first of ``kept`` and, taken together, without an answer."""
    curated = judged.rows[:, NAMES.index("curated")] > 0
    others = [place for place in kept if curated[place] != curated[kept[0]]]
    answers = max((judged.fits[place] for place in others), default=0.0) >= threshold
    return frozenset() if answers else frozenset(others)


def names_topic(understood: Understood, section: Section) -> bool:
    """Whether all that a question names, but for words of the whole field, is the topic of a section."""
    heading = frozenset(terms(section.path[-1]))
    named = [unit for unit in understood.units if not COMMON_TERMS.issuperset(unit.phrase)]
    return bool(named) and all(covered(unit, heading) for unit in named)


def _without_repeats(accepted: Sequence[Statement], limit: int) -> list[Statement]:
    """The first ``limit`` of different wording."""
    kept: list[Statement] = []
    for statement in accepted:
        if len(kept) == limit:
            break
        if not any(same_words(statement.text, other.text) for other in kept):
            kept.append(statement)
    return kept


def _in_reading_order(corpus: Corpus, accepted: Sequence[Statement]) -> list[Statement]:
    """Best section first; within a section the best statement leads and the others follow in document order.

    A statement that leans on the one before brings it along, right behind it if it leads.
    """
    ordered: list[Statement] = []
    for section in dict.fromkeys(statement.section for statement in accepted):
        here = [statement for statement in accepted if statement.section == section]
        brought = {leaned_on(corpus.document(statement.document), statement) for statement in here} - {None, *here}
        followers = sorted({*here[1:], *(one for one in brought if one)}, key=lambda statement: statement.span)
        ordered += [here[0], *followers]
    return ordered


def _spans(searcher: Searcher, judged: Judged, statement: Statement) -> tuple[Span, ...]:
    document = searcher.corpus.document(statement.document)
    return spans_to_quote(document, statement, lambda texts: searcher.similarities(judged.understood, texts))


def with_rest_of_section(corpus: Corpus, last: Answer, limit: int) -> Selection:
    """What the last answer quoted, then what else its leading section says, ``limit`` statements at most."""
    shown = [corpus.statements[citation.statement] for citation in last.citations]
    leading = shown[0]
    document = corpus.document(leading.document)
    rest = [one for one in document.statements if one.section == leading.section and one.quotable and one not in shown]
    runs = ((one, standing_runs(corpus.document(one.document), one)) for one in [*shown, *rest])
    return Selection(tuple((one, spans) for one, spans in runs if spans)[: max(limit, len(shown))])


def cite(corpus: Corpus, found: Sequence[Selection], settings: Settings) -> Cited:
    """Quotes sliced from the documents, numbered citations, papers named beside them, and notices."""
    numbers: dict[str, int] = {}
    quotes: list[Quote] = []
    for statement, spans in (chosen for selection in found for chosen in selection.chosen):
        if statement.id in numbers:
            continue
        numbers[statement.id] = len(numbers) + 1
        text = corpus.document(statement.document).text
        quotes += [Quote(span.of(text), statement.id, span.start, span.end, numbers[statement.id]) for span in spans]
    cited = [corpus.statements[name] for name in numbers]
    citations = tuple(citation_of(corpus, statement, numbers[statement.id], settings) for statement in cited)
    return Cited(tuple(quotes), citations, _see_also(corpus, cited), _notices(citations))


def citation_of(corpus: Corpus, statement: Statement, number: int, settings: Settings) -> Citation:
    """Where a statement stands, as an answer cites it."""
    document = corpus.document(statement.document)
    return Citation(
        number=number,
        statement=statement.id,
        title=document.title,
        section=statement.section.name,
        section_inferred=statement.section.inferred,
        published=document.published,
        retrieved=document.retrieved,
        status=document.status.value,
        url=document.url,
        permalink=f"{settings.path_prefix}/statements/{statement.id}",
    )


def _see_also(corpus: Corpus, cited: Sequence[Statement]) -> tuple[str, ...]:
    """Papers named in the quoted sections; where a section names several, those whose titles share words with the quotes."""
    papers: list[Pointer] = []
    for section in dict.fromkeys(statement.section for statement in cited):
        named = papers_of(corpus.document(section.document), section)
        quoted = {term for statement in cited if statement.section == section for term in terms(statement.text)}
        fitting = [pointer for pointer in named if quoted & set(terms(pointer.paper))] if len(named) > 1 else named
        papers += fitting
    return tuple(dict.fromkeys(pointer.text for pointer in papers))[:SEE_ALSO]


def papers_of(document: Document, section: Section) -> list[Pointer]:
    """The pointers that stand in one section."""
    return [pointer for pointer in document.pointers if pointer.section == section]


def _notices(citations: Sequence[Citation]) -> tuple[str, ...]:
    notices = []
    undated = {citation.title for citation in citations if citation.published is None}
    if undated:
        every = len(undated) == len({citation.title for citation in citations}) == 1
        notices.append(messages.UNDATED if every else messages.UNDATED_SEVERAL)
    if any(citation.section_inferred for citation in citations):
        notices.append(messages.INFERRED)
    if any(citation.status == Status.SUPERSEDED for citation in citations):
        notices.append(messages.SUPERSEDED)
    return tuple(notices)
