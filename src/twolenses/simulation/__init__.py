"""The negotiation of October 2023, played: roles dealt by lot, prints for each person, a class scored.

- `roles`: the one file, ``data/simulation.yml``, read and held to its form
- `dealing`: who plays what, in which room, with which weights
- `prints`: a sheet for each person and one for the room, as PDF or HTML
- `scoring`: what a class reached, beside the bargaining model, the record and the lenses
- `sheets`: decision sheets and key, written and read; a class that never was
- `debrief`: the page of the book as a notebook
- `one_session`: the handout for somebody who has one slot, printed in the same way
"""
