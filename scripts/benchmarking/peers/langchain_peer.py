"""LangChain's FAISS store with its Hugging Face embeddings."""

from common import run


def _embeddings(model):
    from langchain_huggingface import HuggingFaceEmbeddings

    return HuggingFaceEmbeddings(
        model_name=model, model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True, "batch_size": 64}
    )


def build(texts, model, folder):
    from langchain_community.vectorstores import FAISS

    store = FAISS.from_texts(texts, _embeddings(model), metadatas=[{"number": n} for n in range(len(texts))])
    store.save_local(folder)


def opened(folder, model):
    from langchain_community.vectorstores import FAISS

    store = FAISS.load_local(folder, _embeddings(model), allow_dangerous_deserialization=True)

    def search(question):
        return [document.metadata["number"] for document in store.similarity_search(question, k=10)]

    return search


run(build, opened)
