"""What many minutes say together: joined in the build, stored with the index, read by the pages."""

from kb.knowledge.base import Filter, KnowledgeBase
from kb.knowledge.document_facts import DocumentFacts, contribute
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.store import FILE, KnowledgeStore

VERSION = "4"
"""Changes whenever the same documents would come to know something else."""

__all__ = [
    "FILE",
    "VERSION",
    "DocumentFacts",
    "Filter",
    "KnowledgeBase",
    "KnowledgeStore",
    "NameDecisions",
    "contribute",
]
