"""What a user would write: sentence-transformers and a flat FAISS index."""

import os

from common import run


def build(texts, model, folder):
    import faiss
    from sentence_transformers import SentenceTransformer

    vectors = SentenceTransformer(model, device="cpu").encode(
        texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False
    )
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    os.makedirs(folder)
    faiss.write_index(index, os.path.join(folder, "vectors.faiss"))


def opened(folder, model):
    import faiss
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model, device="cpu")
    index = faiss.read_index(os.path.join(folder, "vectors.faiss"))

    def search(question):
        vector = encoder.encode([question], normalize_embeddings=True, show_progress_bar=False)
        return index.search(vector, min(10, index.ntotal))[1][0]

    return search


run(build, opened)
