"""How fairly the exercises' checks mark: right responses refused, wrong ones accepted, mistakes misnamed.

    python benchmarks/marking.py [NAME …] [--all]

Every response of every `answers.yml` is tried on its task's checks, without a kernel. The bounds are one in a hundred
right ones refused and three in a hundred wrong ones accepted; poor texts pass, for a rubric to judge. `--all` prints
each misjudged response.
"""

from __future__ import annotations

import sys

from twolenses import exercises
from twolenses.exercises import marking

HEAD = (
    f"{'':<26} {'right':>6} {'refused':>8} {'wrong':>6} {'accepted':>9} {'public only':>12} {'misnamed':>9} {'poor':>5}"
)


def line(name: str, rates: marking.Rates) -> str:
    """A row of the table."""
    return (
        f"{name:<26} {rates.right:>6} {rates.refused:>8} {rates.wrong:>6} {rates.accepted:>9} "
        f"{rates.public_only:>12} {rates.misnamed:>9} {rates.poor:>5}"
    )


if __name__ == "__main__":
    names = [one for one in sys.argv[1:] if not one.startswith("-")]
    masters = [exercises.exercise(one) for one in names] or [exercises.read(path) for path in exercises.masters()]
    tried = [one for master in masters for one in marking.tried(master)]
    for heading, of in (("exercise", lambda one: one.exercise), ("kind", lambda one: one.kind)):
        print(HEAD.replace(" " * len(heading), heading, 1))
        for name in dict.fromkeys(map(of, tried)):
            print(line(name, marking.rates(one for one in tried if of(one) == name)))
        print()
    every = marking.rates(tried)
    print(line("all", every))
    print(f"right refused {every.share_refused:.1%}, wrong accepted {every.share_accepted:.1%}")
    if "--all" in sys.argv:
        print(*(f"{one.where}  {one.fault}" for one in tried if one.fault), sep="\n")
