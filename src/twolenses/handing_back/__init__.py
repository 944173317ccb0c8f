"""What nbgrader has graded, back to the students: grades and feedback in the forms that Moodle and Canvas take.

:func:`twolenses.handing_back.back.write` puts it together. Due dates and late penalties stand beside it, since a
grade depends on both.
"""
