"""Grading of submissions. nbgrader is the format and the database of record."""
