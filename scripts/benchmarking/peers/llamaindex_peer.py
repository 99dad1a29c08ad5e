"""LlamaIndex with its FAISS store and Hugging Face embeddings."""

from common import run


def _embeddings(model):
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(model_name=model, device="cpu", embed_batch_size=64)


def build(texts, model, folder):
    import faiss
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.faiss import FaissVectorStore

    context = StorageContext.from_defaults(vector_store=FaissVectorStore(faiss_index=faiss.IndexFlatIP(384)))
    nodes = [TextNode(text=text, id_=str(number)) for number, text in enumerate(texts)]
    VectorStoreIndex(nodes, storage_context=context, embed_model=_embeddings(model)).storage_context.persist(folder)


def opened(folder, model):
    from llama_index.core import StorageContext, load_index_from_storage
    from llama_index.vector_stores.faiss import FaissVectorStore

    context = StorageContext.from_defaults(vector_store=FaissVectorStore.from_persist_dir(folder), persist_dir=folder)
    retriever = load_index_from_storage(context, embed_model=_embeddings(model)).as_retriever(similarity_top_k=10)

    def search(question):
        return [int(hit.node.node_id) for hit in retriever.retrieve(question)]

    return search


run(build, opened)
