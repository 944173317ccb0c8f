"""What a chapter is made of beyond MyST: roles, lens pairs, objectives, quizzes, the list of its numbers."""

from twolenses.book.chapters import chapter, formats, lenses, numbers, objectives, quizzes, roles

__all__ = ["PARTS"]

PARTS = (roles, numbers, lenses, chapter, objectives, formats, quizzes)
