"""What many minutes say together: joined in the build, stored with the index, read by the pages."""

from kb.build.pending import Waiting
from kb.knowledge.base import Filter, KnowledgeBase
from kb.knowledge.document_facts import Contribution, Kind, contribute
from kb.knowledge.name_decisions import Decided
from kb.knowledge.store import FILE, Store

VERSION = "3"
"""Changes whenever the same documents would come to know something else."""

__all__ = [
    "FILE",
    "VERSION",
    "Contribution",
    "Decided",
    "Filter",
    "Kind",
    "KnowledgeBase",
    "Store",
    "Waiting",
    "contribute",
]
