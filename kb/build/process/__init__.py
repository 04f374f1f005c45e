"""Original → read, repaired and parsed: on all cores, kept, and redone only as far as needed."""

from kb.build.process.pool import outcomes
from kb.build.process.store import ProcessedDocument, ProcessedStore
from kb.build.process.work import Processor, ProcessingJob, ProcessingOutcome, text_cache

__all__ = ["ProcessedDocument", "Processor", "ProcessingJob", "ProcessingOutcome", "ProcessedStore", "outcomes", "text_cache"]
