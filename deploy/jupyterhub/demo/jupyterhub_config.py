"""The hub of `make hub`: a demonstration, for one person, on loopback.

NEVER ON A SERVER. Everybody signs in with the same password, and everybody's code runs as
the account which started the hub, so that nothing keeps a student from the gradebook.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course_service import SERVER_ROLE, USERS_CONFIG_PATH, Course, add_course

c = get_config()  # noqa: F821

HERE = Path(__file__).resolve().parent
STATE = Path(os.environ["HUB_STATE"])
PORT, HUB_PORT, PROXY_PORT, COURSE_PORT = map(int, os.environ["HUB_PORTS"].split())
AS_ROOT = ("--allow-root",) if os.geteuid() == 0 else ()
SHARED = {"NBGRADER_EXCHANGE": str(STATE / "exchange")}

c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{HUB_PORT}"
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PROXY_PORT}"
c.ConfigurableHTTPProxy.command = os.environ["HUB_PROXY"]
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = os.environ["HUB_PASSWORD"]
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "home" / "{username}")

c.Spawner.default_url = "/lab"
c.Spawner.args = list(AS_ROOT)
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
c.Spawner.environment = {
    **SHARED,
    "JUPYTER_CONFIG_PATH": os.pathsep.join([str(HERE / "jupyter"), USERS_CONFIG_PATH]),
}

c.JupyterHub.load_roles = [SERVER_ROLE]
add_course(
    c,
    Course(
        id="dl101",
        account="grader-dl101",
        separate=False,
        folder=STATE / "home" / "grader-dl101" / "dl101",
        instructors=["instructor"],
        students=os.environ["HUB_STUDENTS"].split(),
        port=COURSE_PORT,
        environment=SHARED,
        arguments=AS_ROOT,
    ),
)
