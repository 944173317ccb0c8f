"""Imported once by the process that forks: what notebooks import, and what is slow the first time."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt

from twolenses import charts, check, data, facts, models  # noqa: F401
from twolenses.book.execution import cells  # noqa: F401

figure, axes = plt.subplots()
axes.set(title="$n$", xlabel="n")
figure.savefig(io.BytesIO(), format="svg", bbox_inches="tight")
plt.close(figure)
