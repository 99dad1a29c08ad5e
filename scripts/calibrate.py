"""Learn the judge's coefficients from the calibration cases and write ``chatbot/judging_model.json``.

Run it after a change to the signals, the curated questions, the glossary or the calibration cases:
``python scripts/calibrate.py``.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    """Learn, write, and print what was measured."""
    from chatbot.evaluation.calibrating import calibrate
    from chatbot.judging import MODEL_FILE
    from chatbot.settings import load_settings

    settings = load_settings()
    model = calibrate(settings.corpus_folder, settings.model)
    MODEL_FILE.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model["measured"], indent=1))


if __name__ == "__main__":
    main()
