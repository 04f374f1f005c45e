"""Measured quality: each module prints a table and tells whether its floors hold."""
