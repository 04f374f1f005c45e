"""Original → read, repaired and parsed: on all cores, kept, and redone only as far as needed."""

from kb.build.process.pool import outcomes
from kb.build.process.store import ProcessedDocument, ProcessedStore
from kb.build.process.work import ProcessingJob, ProcessingOutcome, Processor, text_cache

__all__ = [
    "ProcessedDocument",
    "ProcessedStore",
    "ProcessingJob",
    "ProcessingOutcome",
    "Processor",
    "outcomes",
    "text_cache",
]
