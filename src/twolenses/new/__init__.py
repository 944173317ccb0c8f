"""A fact, a question, a chapter or an exercise to begin with: each is valid at once, and says where to write.

What is written comes from `templates/`, with ``$name`` and other names filled in.
"""

from twolenses.new.chapter import chapter
from twolenses.new.exercise import exercise
from twolenses.new.fact import fact
from twolenses.new.question import question

__all__ = ["chapter", "exercise", "fact", "question"]
