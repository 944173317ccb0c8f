"""QTI 2.1 and 3.0: one item for each question, a test for each chapter, both in a package.

Items are built in the words of 2.1; `versions` turns them into those of 3.0, which has the same elements under other
names.
"""
