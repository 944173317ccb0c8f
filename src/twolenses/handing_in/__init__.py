"""What comes back from students: collected from a platform's archive, held to its exercise, mended for grading.

- :mod:`~twolenses.handing_in.collect` places notebooks into a course directory, whatever they are called;
- :mod:`~twolenses.handing_in.faults` says before grading what would cost marks;
- :mod:`~twolenses.handing_in.sanitise` has nbgrader mend each notebook as it grades it.
"""
