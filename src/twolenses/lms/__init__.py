"""The question bank in the formats of learning platforms. One module a format, each with ``write(quizzes, path)``."""
