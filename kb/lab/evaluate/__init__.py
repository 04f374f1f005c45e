"""Measured quality: each module prints a table and checks its floors."""
