"""Original → read, repaired and parsed: on all cores, kept, and redone only as far as needed."""

from kb.build.process.pool import outcomes
from kb.build.process.store import Derived, Store
from kb.build.process.work import Deriver, Job, Outcome, text_cache

__all__ = ["Derived", "Deriver", "Job", "Outcome", "Store", "outcomes", "text_cache"]
