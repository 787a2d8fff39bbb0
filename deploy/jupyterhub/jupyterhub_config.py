"""A JupyterHub for one class on one server, to be adapted: see README.md beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from course_service import SERVER_ROLE, USERS_CONFIG_PATH, Course, add_course

c = get_config()  # noqa: F821

# Behind a web server that speaks HTTPS. Without one: c.JupyterHub.ssl_key and ssl_cert.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = "sqlite:////srv/jupyterhub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "/srv/jupyterhub/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = "/srv/jupyterhub/proxy.pid"

# The accounts of this server and their passwords. A university's single sign-on:
# c.JupyterHub.authenticator_class = "generic-oauth", of the package oauthenticator.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.admin_users = {"fatima"}

# Each user's server runs as that user, in a unit of its own, so that limits hold.
c.JupyterHub.spawner_class = "systemd"
c.SystemdSpawner.mem_limit = "2G"
c.SystemdSpawner.cpu_limit = 1.0
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.JupyterHub.cleanup_servers = False  # a restart of the hub interrupts nobody
c.Spawner.default_url = "/lab"
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": USERS_CONFIG_PATH}

c.JupyterHub.load_roles = [SERVER_ROLE]
add_course(
    c,
    Course(
        id="dl101",
        account="grader-dl101",
        folder=Path("/home/grader-dl101/dl101"),
        instructors=["fatima"],
        students=["alice", "bob"],
        port=9101,
    ),
)
