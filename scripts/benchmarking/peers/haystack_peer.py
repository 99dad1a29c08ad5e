"""Haystack with its in-memory store and sentence-transformers embedder."""

import os

from common import run


def _embedder(model):
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder

    embedder = SentenceTransformersTextEmbedder(
        model=model, device=ComponentDevice.from_str("cpu"), normalize_embeddings=True, progress_bar=False
    )
    embedder.warm_up()
    return embedder


def build(texts, model, folder):
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack.utils import ComponentDevice
    from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersDocumentEmbedder

    embedder = SentenceTransformersDocumentEmbedder(
        model=model, device=ComponentDevice.from_str("cpu"), normalize_embeddings=True, batch_size=64, progress_bar=False
    )
    embedder.warm_up()
    documents = [Document(content=text, meta={"number": number}) for number, text in enumerate(texts)]
    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    store.write_documents(embedder.run(documents=documents)["documents"])
    os.makedirs(folder)
    store.save_to_disk(os.path.join(folder, "store.json"))


def opened(folder, model):
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    retriever = InMemoryEmbeddingRetriever(InMemoryDocumentStore.load_from_disk(os.path.join(folder, "store.json")), top_k=10)
    embedder = _embedder(model)

    def search(question):
        vector = embedder.run(text=question)["embedding"]
        return [document.meta["number"] for document in retriever.run(query_embedding=vector)["documents"]]

    return search


run(build, opened)
