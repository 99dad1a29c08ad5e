"""What figures and kinds are called in tables, plots and on the scoreboard."""

from __future__ import annotations

FIGURES = {
    "right": "ended as expected",
    "top_1": "right leading quote",
    "top_3": "right in first three quoted",
    "found_3": "right in first three found",
    "false_refusals": "answerable refused",
    "false_answers": "unanswerable answered",
    "false_answers_near_miss": "near misses answered",
    "declines_right": "declines right",
    "over_blocked": "policy questions declined",
    "forbidden_quoted": "forbidden statement quoted",
    "verbatim_violations": "quotes not verbatim",
    "section_faults": "citations under a wrong section",
    "quote_precision": "quote precision",
    "quote_recall": "quote recall",
    "quote_f1": "quote F1",
    "leading_sentence": "leading sentence right",
    "abstention_area_under_roc": "abstention, area under ROC",
    "opposite_stance": "key point of the other side",
}
KIND_COLUMNS = (
    "right", "top_1", "top_3", "found_3", "quote_precision", "quote_recall", "quote_f1", "false_refusals", "false_answers",
)  # fmt: skip
ABLATION_COLUMNS = ("top_1", "top_3", "found_3", "quote_f1", "false_refusals", "false_answers", "false_answers_near_miss")
PUBLIC = {
    "squad": "SQuAD 2.0, half of the development set: which sentence of a paragraph answers, and whether any does",
    "argkp": "ArgKP-2021: which key point matches a claim, and how often one of the other side is taken",
}
_KINDS = {
    "everyday": "everyday wording",
    "follow_up": "follow-up",
    "alarming_policy": "alarming policy questions",
    "not_declined": "alarming policy questions",
    "multi": "several questions at once",
    "unanswerable_near_miss": "of these, near misses",
    "decline": "declines",
}


def kind_name(kind: str) -> str:
    """A kind of case in words."""
    return _KINDS.get(kind, kind.replace("_", " "))
