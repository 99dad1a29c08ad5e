"""One evaluation from beginning to end: open everything once, put the cases, report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from chatbot.evaluation.ablating import Ablation, Whole, ablations, asked
from chatbot.evaluation.cases import read_cases
from chatbot.evaluation.measuring import measure
from chatbot.evaluation.public_sets import PublicSets
from chatbot.evaluation.reporting import Report, report_of
from chatbot.settings import load_settings
from corpus.loading import load_corpus
from corpus.parsing import parse_document
from index.opening import in_memory, open_index

UNSEEN = Path(__file__).with_name("unseen_documents")


def evaluate(cases_file: Path, with_ablations: bool, public: Path | None, report: Callable[[str], None]) -> Report:
    """A report over one file of cases, by the settings in force; ``report`` is told the progress.

    Raises:
        SettingsError, CorpusError, IndexRefused, ModelRefused: as :func:`chatbot.assembly.assemble`.
        ValueError: naming the line of a case that cannot be read.
    """
    whole = _beside_unseen() if cases_file.stem == UNSEEN.name.replace("_", "-") else _published()
    corpus = whole.corpus
    cases = read_cases(cases_file)
    report(f"Putting {len(cases)} cases")
    scored = asked(whole.recipe(), cases)
    taken_away: tuple[Ablation, ...] = ()
    if with_ablations:
        let_through = measure(scored, corpus)["false_answers"].value
        taken_away = ablations(whole, cases, let_through, report)
    sets = None
    if public is not None:
        report("Public sets")
        sets = PublicSets(public, whole.encoder, whole.settings.model).measure()
    return report_of(cases_file, corpus, scored, taken_away, sets)


def _published() -> Whole:
    """The service as it is published."""
    settings = load_settings()
    corpus = load_corpus(settings.corpus_folder)
    index = open_index(settings.index_folder, corpus, settings.model)
    return Whole(corpus, index, index.encoder, settings)


def _beside_unseen() -> Whole:
    """The same with documents added that have no curated questions and that nothing was learnt from; never written."""
    published = _published()
    added = tuple(parse_document(path) for path in sorted(UNSEEN.glob("*.md")) if path.name != "README.md")
    corpus = replace(published.corpus, documents=(*published.corpus.documents, *added))
    return replace(published, corpus=corpus, index=in_memory(corpus, published.encoder, published.settings.model))
