"""Grading a class with nbgrader's own pipeline, and what the instructor reads afterwards."""
