"""The key of *What did the newspaper count?*: every key of this exercise is a fact."""
