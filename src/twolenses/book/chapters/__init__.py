"""What a chapter is made of beyond MyST: roles, lens pairs, objectives, quizzes, its numbers; marked memos."""

from twolenses.book.chapters import chapter, formats, lenses, memos, numbers, objectives, quizzes, roles

__all__ = ["PARTS"]

PARTS = (roles, numbers, lenses, chapter, objectives, formats, quizzes, memos)
