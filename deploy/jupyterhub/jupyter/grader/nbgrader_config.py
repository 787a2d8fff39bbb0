"""Settings of nbgrader for the grader of a course; the hub's service says which course."""

import os

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = os.environ["COURSE_ID"]
# Must lie below the root of the grader's server.
c.CourseDirectory.root = os.environ["COURSE_FOLDER"]
