"""What many minutes say together: joined in the build, stored with the index, read by the pages."""

from kb.knowledge.base import Filter, KnowledgeBase
from kb.knowledge.contribution import Contribution, Kind, contribute
from kb.knowledge.decided import Decided
from kb.knowledge.store import FILE, Store
from kb.knowledge.waiting import Waiting

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
