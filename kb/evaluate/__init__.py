"""Measured quality: collections, gold lists and the figures of the field."""
