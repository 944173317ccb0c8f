"""KFOR: its strength, who carries it, the reinforcements of 2023, the United States."""

# Importing a theme registers what it defines.
from twolenses.facts.kfor import contributors, reinforcements, strength, united_states  # noqa: F401
