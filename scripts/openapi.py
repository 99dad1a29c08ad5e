"""Write docs/openapi.json, the REST API's description, from the code.

python scripts/openapi.py
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """0 when the file is written."""
    from chatbot.server import create_app
    from chatbot.settings import load_settings
    from corpus.loading import load_corpus

    settings = load_settings()
    # The description depends on no answer: nothing that answers is opened.
    described: Any = SimpleNamespace(settings=settings, corpus=load_corpus(settings.corpus_folder), index_build="none")
    document = create_app(described, with_chat=False).openapi()
    (ROOT / "docs" / "openapi.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
