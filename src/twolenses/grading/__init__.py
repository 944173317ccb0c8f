"""A class graded by nbgrader's own pipeline, with another executor.

- :mod:`~twolenses.grading.executor` stands in the place of nbgrader's ``Execute``;
- :mod:`~twolenses.grading.warm` is the process in which everything is imported, and which forks once for a submission;
- :mod:`~twolenses.grading.shell` is the IPython in such a fork, :mod:`~twolenses.grading.sandbox` what it may do;
- :mod:`~twolenses.grading.client` starts, feeds and ends both;
- :mod:`~twolenses.grading.run` grades all that was handed in, :mod:`~twolenses.grading.cluster` on many machines;
- :mod:`~twolenses.grading.report` is what the instructor reads afterwards.
"""
