"""Facts aggregated across documents: joined in the build, stored with the index, read by pages."""

from kb.knowledge.base import Filter, KnowledgeBase
from kb.knowledge.document_facts import DocumentFacts, facts_of
from kb.knowledge.name_decisions import NameDecisions
from kb.knowledge.store import KnowledgeStore

__all__ = [
    "DocumentFacts",
    "Filter",
    "KnowledgeBase",
    "KnowledgeStore",
    "NameDecisions",
    "facts_of",
]
