"""Original → read, repaired and parsed: on all cores, kept, and redone only as far as needed."""

from kb.derive.pool import outcomes
from kb.derive.store import Derived, Store
from kb.derive.work import Deriver, Job, Outcome, text_cache

__all__ = ["Derived", "Deriver", "Job", "Outcome", "Store", "outcomes", "text_cache"]
