"""The question bank in the formats of learning platforms, and on paper.

One module a format, each with ``write(quizzes, path)``. `select` chooses the questions, `losses` says what a format
cannot carry.
"""
