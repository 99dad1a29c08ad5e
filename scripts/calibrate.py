"""Learn what the service decides by, and write it beside the code: whose voice, the judge with what it weighs, the gate.

    python scripts/calibrate.py [--only voices|judge|gate]

Run it after a change to the signals, the curated questions, the glossary, the calibration cases, the marked paragraphs or the
gate's examples. On two cores the voices take a minute, the judge about fifteen, the gate two. Voices are learnt first: what may
be quoted is what the judge chooses from.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    """Learn, write, and print what was measured."""
    from chatbot.settings import load_settings

    parser = argparse.ArgumentParser(description="Learn what the service decides by.")
    parser.add_argument("--only", choices=("voices", "judge", "gate"), help="learn one of them, all unless given")
    only, settings = parser.parse_args().only, load_settings()
    if only in ("voices", None):
        learn_voices(settings.corpus_folder)
    if only in ("judge", None):
        learn_judge(settings.corpus_folder, settings.model)
    if only in ("gate", None):
        learn_gate(settings.corpus_folder, settings.model)


def learn_voices(corpus_folder: Path) -> None:
    """Whose view a sentence gives."""
    from chatbot.evaluation import voicing
    from chatbot.evaluation.cases import CALIBRATION, read_cases
    from chatbot.evaluation.seeing import invented_documents
    from corpus.loading import load_corpus
    from corpus.voice_model import MODEL_FILE, load_voice_model

    try:
        load_voice_model()
    except (OSError, ValueError):  # none, or of other signs: documents cannot be read until there is one of these
        voicing.save_voices(voicing.UNLEARNT, {}, MODEL_FILE)
    corpus = load_corpus(corpus_folder)
    documents = [*corpus.documents, *invented_documents()]
    answering = {*corpus.questions, *(name for case in read_cases(CALIBRATION) for name in case.expected_all)}
    paragraphs = [*voicing.read_marked(), *voicing.ordinary(documents, answering)]
    model, measured = voicing.learn_voices(paragraphs)
    voicing.save_voices(model, measured, MODEL_FILE)
    load_voice_model.cache_clear()
    print(f"Learnt whose voice a sentence is from {len(paragraphs)} paragraphs. In 100, on writers that nothing was learnt from:")
    print(json.dumps(measured, indent=1))


def learn_judge(corpus_folder: Path, model: str) -> None:
    """The judge's coefficients, the forms of questions, how they relate to statements and how their tokens look for others."""
    from chatbot.aligning import MODEL_FILE as ALIGNMENT_FILE
    from chatbot.evaluation.calibrating import calibrate
    from chatbot.evaluation.cases import CALIBRATION, read_cases
    from chatbot.evaluation.forming import learn_forms, save_forms
    from chatbot.evaluation.matching import save_alignment
    from chatbot.evaluation.pairing import save_relation
    from chatbot.evaluation.projecting import save_projection
    from chatbot.forms import FORM_FILE
    from chatbot.judging import MODEL_FILE
    from chatbot.relating import MODEL_FILE as RELATION_FILE
    from corpus.loading import load_corpus
    from index.embedding import file_digest
    from index.late_interaction import MODEL_FILE as PROJECTION_FILE

    learnt, relation, by_tokens = calibrate(corpus_folder, model)
    save_projection(by_tokens.projection, PROJECTION_FILE)
    save_alignment(by_tokens.alignment, ALIGNMENT_FILE, file_digest(PROJECTION_FILE))
    save_relation(relation, RELATION_FILE)
    save_forms(learn_forms(load_corpus(corpus_folder), read_cases(CALIBRATION)), FORM_FILE)
    MODEL_FILE.write_text(json.dumps(learnt, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(learnt["measured"], indent=1))


def learn_gate(corpus_folder: Path, model: str) -> None:
    """The classifier of messages."""
    from chatbot.evaluation import gating
    from chatbot.evaluation.cases import CALIBRATION, read_cases
    from chatbot.gate import MODEL_FILE
    from corpus.loading import load_corpus
    from index.embedding import load_encoder

    examples = gating.with_questions(gating.read_examples(), load_corpus(corpus_folder), read_cases(CALIBRATION))
    gating.save_gate(gating.learn_gate(examples, load_encoder(model), model), MODEL_FILE)
    print(f"Learnt the gate from {len(examples)} messages.")


if __name__ == "__main__":
    main()
