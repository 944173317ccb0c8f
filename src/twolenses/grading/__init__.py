"""A class graded by nbgrader's own pipeline, with another executor; and what its instructor reads afterwards.

Three rooms in one, since each is of use only with the next.

What runs a submission, in the order in which it passes through:

- :mod:`~twolenses.grading.run`: all that was handed in, through nbgrader's pipeline; what is done, what is left;
- :mod:`~twolenses.grading.quicker`: what that pipeline does a thousand times, done once;
- :mod:`~twolenses.grading.executor`: the preprocessor in the place of nbgrader's ``Execute``;
- :mod:`~twolenses.grading.client` and :mod:`~twolenses.grading.fork`: a warm process and one notebook in it, from
  outside; what comes back is bounded and held to a form, because a stranger sends it;
- :mod:`~twolenses.grading.wire` and :mod:`~twolenses.grading.scratch`: the messages and the folder between them;
- :mod:`~twolenses.grading.warm`, :mod:`~twolenses.grading.shell`, :mod:`~twolenses.grading.sandbox`: the process that
  forks, the IPython in the fork, and what the fork may do;
- :mod:`~twolenses.grading.cluster`: the same on many machines;
- :mod:`~twolenses.grading.show` and :mod:`~twolenses.grading.remarks`: what is printed, and what is kept of it.

What came of it:

- :mod:`~twolenses.grading.results`: the one form of a class's results;
- :mod:`~twolenses.grading.graded`: from nbgrader's gradebook and notebooks;
- :mod:`~twolenses.grading.responses` and :mod:`~twolenses.grading.wording`: from responses to a quiz, our own and those
  that Moodle and Canvas export;
- :mod:`~twolenses.grading.items`, :mod:`~twolenses.grading.similar`, :mod:`~twolenses.grading.report`: statistics,
  submissions that look alike, and the pages;
- :mod:`~twolenses.grading.markers`: how far those who mark by hand agree.

A class to try it with: :mod:`~twolenses.grading.demo`.

It is larger than an executor has to be. An executor of some two hundred lines gives the scores; what surrounds it is
that a stranger's code costs nobody else anything (fork, sandbox, scratch, wire), that a run may be killed at any moment
(run, remarks), and that results from a gradebook, our own forms, Moodle and Canvas end in one report.
"""
