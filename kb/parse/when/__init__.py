"""Dates and times: as written, as stated, and how sure they are."""
