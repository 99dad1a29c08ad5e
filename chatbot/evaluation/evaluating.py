"""One evaluation from beginning to end: open everything once, put the cases, report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from chatbot.evaluation.ablating import Ablation, Whole, ablations, asked
from chatbot.evaluation.cases import read_cases
from chatbot.evaluation.measuring import measure
from chatbot.evaluation.public_sets import PublicSets
from chatbot.evaluation.reporting import Report, report_of
from chatbot.settings import load_settings
from corpus.loading import load_corpus
from index.opening import open_index


def evaluate(cases_file: Path, with_ablations: bool, public: Path | None, report: Callable[[str], None]) -> Report:
    """A report over one file of cases, by the settings in force; ``report`` is told the progress.

    Raises:
        SettingsError, CorpusError, IndexRefused, ModelRefused: as :func:`chatbot.assembly.assemble`.
        ValueError: naming the line of a case that cannot be read.
    """
    settings = load_settings()
    corpus = load_corpus(settings.corpus_folder)
    index = open_index(settings.index_folder, corpus, settings.model)
    whole = Whole(corpus, index, index.encoder, settings)
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
        sets = PublicSets(public, whole.encoder, settings.model).measure()
    return report_of(cases_file, corpus, scored, taken_away, sets)
