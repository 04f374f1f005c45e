"""Measured quality: what `kb eval` prints and what continuous integration holds."""
