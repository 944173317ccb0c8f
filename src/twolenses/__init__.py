"""Two Lenses: the data, facts, quizzes, exercises and grading of the course.

Importing the package loads nothing heavy; each room is imported by its own name::

    from twolenses import data, facts, check
    data.load("deployments")
    facts.figure("serbian_troop_cut")
"""

__version__ = "0.2.0"
