"""Settings of nbgrader for everybody on the hub."""

import os

c = get_config()  # noqa: F821

# A folder that exists, and that everybody may write to (mode 1777).
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", "/srv/nbgrader/exchange")

# Students in two courses have two folders: dl101/assignment3, stats/assignment3.
c.Exchange.path_includes_course = True

# Who is in which course is the hub's to say: its groups formgrade-ID and nbgrader-ID.
c.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"
