"""This product by the same rules: the full recipe, from question to cited quotes. Runs in the product's own environment.

TEXTS.json is not read: ``build`` and the others take the corpus and index folders from the settings, as users do.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from common import run


def build(texts, model, folder):
    from chatbot.settings import load_settings
    from corpus.loading import load_corpus
    from index.building import build_index

    settings = load_settings()
    build_index(load_corpus(settings.corpus_folder), settings.model, Path(folder))


def opened(folder, model):
    from chatbot.garbage import look_past_what_is_kept, look_seldom

    look_seldom()
    from chatbot.assembly import assemble
    from chatbot.settings import load_settings

    service = assemble(load_settings())
    look_past_what_is_kept()
    number = {name: place for place, name in enumerate(service.corpus.statements)}

    def search(question):
        answer = service.answer(question)
        return [number[citation.statement] for citation in answer.citations]

    return search


run(build, opened)
