"""What many minutes say together: joined in the build, stored with the index, read by the pages."""

from kb.knowledge.base import Filter, KnowledgeBase
from kb.knowledge.document_facts import DocumentFacts, contribute
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.store import KnowledgeStore

__all__ = [
    "DocumentFacts",
    "Filter",
    "KnowledgeBase",
    "KnowledgeStore",
    "NameDecisions",
    "contribute",
]
