"""The page of a document, and its original."""
