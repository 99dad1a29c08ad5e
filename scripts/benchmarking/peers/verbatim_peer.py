"""verbatim-rag's retriever: its index over Milvus Lite, with dense vectors alone.

Its own choice for a server on the CPU, a sparse model, would have to come from a model hub.
"""

from pathlib import Path

from common import run


def _index(folder, model):
    from verbatim_rag.embedding_providers import SentenceTransformersProvider
    from verbatim_rag.index import VerbatimIndex
    from verbatim_rag.vector_stores import LocalMilvusStore

    store = LocalMilvusStore(db_path=str(Path(folder) / "index.db"), enable_sparse=False)
    return VerbatimIndex(store, dense_provider=SentenceTransformersProvider(model))


def build(texts, model, folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    index = _index(folder, model)
    names = [str(number) for number in range(len(texts))]
    vectors = index.dense_provider.embed_batch(texts)
    index.vector_store.add_vectors(names, vectors, None, texts, texts, [{} for _ in texts])


def opened(folder, model):
    index = _index(folder, model)

    def search(question):
        return [int(result.id) for result in index.query(question, k=10, search_type="dense")]

    return search


run(build, opened)
