"""Correcting words and facts, and the list of all corrections."""
