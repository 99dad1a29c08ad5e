"""Why an index or a model is not used. Each text is a sentence for whoever runs the service, with the remedy."""


class IndexRefused(Exception):
    """Raised on opening a built index that is missing, stale or damaged; names the command that mends it."""


class ModelRefused(Exception):
    """Raised on loading an embedding model that is missing or not the one whose digest is pinned."""


class BuildRefused(Exception):
    """Raised on building when the index folder cannot be written, another build is under way, or a statement cannot be cut."""


MEND = "Mend it with: ascl-chat index build"
