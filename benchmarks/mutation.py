"""Which small changes of a solution its checks do not notice.

python benchmarks/mutation.py [NAME …]
"""

from __future__ import annotations

import sys

from twolenses import exercises
from twolenses.exercises.mutation import survivors

if __name__ == "__main__":
    for path in exercises.masters():
        master = exercises.read(path)
        if sys.argv[1:] and not any(master.name.startswith(one) for one in sys.argv[1:]):
            continue
        tally = survivors(master)
        print(f"{master.name:<28} {tally.elsewhere:>4} lead elsewhere, {tally.refused:>4} refused")
        for mutant, _ in tally.left:
            print(f"    {mutant.task}: {mutant.change}")
