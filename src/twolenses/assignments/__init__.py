"""Exercises as assignments that a course can release, collect and grade."""
