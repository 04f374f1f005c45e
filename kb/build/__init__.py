"""Originals in, a checked generation of the index out: one job, one vocabulary."""
