"""What each part is worth: the same cases put to the service with one part taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chatbot.answer import Answer
from chatbot.answering import Recipe
from chatbot.evaluation.cases import Case
from chatbot.evaluation.scoring import Scored
from chatbot.judging import EXTRA_SIGNALS, Judge, Logistic, load_judge
from chatbot.searching import Searcher
from chatbot.settings import Settings
from chatbot.signals import NAMES
from corpus.models import Corpus, Glossary
from index.encoder import Encoder
from index.lexical import LexicalIndex
from index.lexicon import Lexicon
from index.opening import OpenIndex, in_memory

ONE_SIGNAL = "questions"  # the mean similarity of the three nearest curated questions of the best statement
STEEPNESS = 10.0  # of the single signal, so that four decimals of its probability tell similarities apart
FOUND = 3  # statements of those found that are looked at
ROUNDING = 1e-4  # of a probability in the diagnostics


@dataclass(frozen=True)
class Ablation:
    """One part taken away: what that changes, in a sentence, and how the cases were answered then."""

    name: str
    changes: str
    scored: tuple[Scored, ...]


@dataclass(frozen=True)
class Whole:
    """The parts that are taken away one at a time."""

    corpus: Corpus
    index: OpenIndex
    encoder: Encoder
    settings: Settings

    def recipe(self, judge: Judge | None = None) -> Recipe:
        """The recipe over these parts, with the judge that ships unless another is given."""
        return Recipe(Searcher(self.corpus, self.index, self.encoder, judge or load_judge()), self.settings)


def ablations(whole: Whole, cases: Sequence[Case], false_answers: float, report: Callable[[str], None]) -> tuple[Ablation, ...]:
    """Every ablation over the cases. ``false_answers`` is the share that the whole service let through."""
    bare = replace(whole.corpus, questions={}, unanswered={})
    index_of_bare = in_memory(bare, whole.encoder, whole.settings.model)
    unlinked = replace(whole.corpus, glossary=Glossary())
    changed = (
        (
            "no_curated_questions",
            "Curated questions and the catalogue of unanswered ones are taken away: statements are found by their own words "
            "alone and judged by the coefficients learnt for documents without curated questions.",
            replace(whole, corpus=bare, index=index_of_bare),
        ),
        (
            "no_glossary",
            "Abbreviations and synonyms are taken away: nothing stands in for a word of the question, and no word is "
            "kept from spelling repair. The judge's coefficients stay.",
            replace(whole, corpus=unlinked, index=replace(whole.index, lexicon=Lexicon.of(unlinked, whole.index.words))),
        ),
        (
            "no_lexical",
            "BM25 scores are all 0: statements are found and ranked by vectors alone. Coverage of the asked-for words is "
            "still judged, and the coefficients stay.",
            replace(whole, index=replace(whole.index, lexical=LexicalIndex.build([()] * len(whole.corpus.statements)))),
        ),
        (
            "no_curated_questions_no_tokens",
            "The same without curated questions, and the tokens of statements are taken away as well: a question meets each of "
            "them as a whole only. The coefficients stay, and what tokens would tell weighs as its mean does. With curated "
            "questions tokens are not looked at.",
            replace(whole, corpus=bare, index=replace(index_of_bare, projection=None, tokens=None)),
        ),
    )
    done = []
    for name, changes, parts in changed:
        report(f"Ablation: {name}")
        done.append(Ablation(name, changes, asked(parts.recipe(), cases)))
    report("Ablation: one_signal")
    return (*done, _one_signal(whole, cases, false_answers))


def asked(recipe: Recipe, cases: Sequence[Case]) -> tuple[Scored, ...]:
    """Each case put to a recipe, in order."""
    return tuple(_scored(recipe, case) for case in cases)


def _scored(recipe: Recipe, case: Case) -> Scored:
    answer = recipe.answer(case.question, case.history)
    found = None
    if case.answerable:
        judged = recipe.searcher.read(case.question, case.history)
        found = tuple(statement.id for statement in judged.statements[:FOUND])
    return Scored(case, answer, tuple(dict.fromkeys(quote.statement for quote in answer.quotes)), found)


def single_signal(judge: Judge, name: str) -> Judge:
    """The judge with its second step replaced by one signal: the probability rises with that signal and nothing else."""
    weights = [STEEPNESS * (signal == name) for signal in (*NAMES, *EXTRA_SIGNALS)]
    alone = Logistic(weights, [0.0] * len(weights), [1.0] * len(weights), -STEEPNESS / 2)
    return replace(judge, answerable={kind: alone for kind in judge.answerable})


def threshold_letting_through(chances: Sequence[float], most: int) -> float:
    """The least threshold that at most ``most`` of the chances reach."""
    highest = sorted(chances, reverse=True)
    return highest[most] + ROUNDING if len(highest) > most else 0.0


def _one_signal(whole: Whole, cases: Sequence[Case], false_answers: float) -> Ablation:
    judge = single_signal(load_judge(), ONE_SIGNAL)

    def recipe(threshold: float) -> Recipe:
        settings = whole.settings.model_copy(update={"answer_threshold": threshold})
        return replace(whole, settings=settings).recipe(judge)

    unanswerable = [case for case in cases if not case.answerable and case.kind != "decline"]
    chances = [_chance(recipe(0.0).answer(case.question, case.history, explain=True)) for case in unanswerable]
    threshold = threshold_letting_through(chances, round(false_answers * len(unanswerable)))
    changes = (
        "The judge's second step is replaced by one threshold on one similarity, that of the nearest curated questions, "
        "set on these very cases so that no larger share of the unanswerable is let through than the whole service lets "
        "through. Which statement is quoted is decided as before."
    )
    return Ablation("one_signal", changes, asked(recipe(threshold), cases))


def _chance(answer: Answer) -> float:
    """The highest judged probability of the questions in a message; 0 where it would be answered at no threshold."""
    return max(answer.diagnostics["answered"], default=0.0) if answer.diagnostics and answer.status.answered else 0.0
