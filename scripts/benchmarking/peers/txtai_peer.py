"""txtai with its defaults for a local index, the same model."""

from common import run


def build(texts, model, folder):
    from txtai import Embeddings

    embeddings = Embeddings(path=model, backend="faiss", content=True)
    embeddings.index(texts)
    embeddings.save(folder)


def opened(folder, model):
    from txtai import Embeddings

    embeddings = Embeddings(path=model)
    embeddings.load(folder)

    def search(question):
        return [int(hit["id"]) for hit in embeddings.search(question, 10)]

    return search


run(build, opened)
