"""Measuring tools: evaluations, benchmarks and training. Not part of the product or its wheel."""
