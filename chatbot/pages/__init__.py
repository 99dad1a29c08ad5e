"""Pages that need no script: statements and their permalinks, asking, checking a quote, and the REST API's own description."""
