"""A course on a JupyterHub: its groups, its roles, and the service that grades it.

A course has an account of its own on the server, the *grader*. The grader's files are the
source notebooks, the reference, the gradebook and the seed of the grading; no student's
account can read them. The hub runs a Jupyter server as that account, with nbgrader's
formgrader in it, and lets the course's instructors in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupyterhub

JUPYTER = Path(__file__).resolve().parent / "jupyter"


@dataclass(frozen=True)
class Course:
    """One course of the hub."""

    id: str
    """Short name, as in ``/services/ID/``; letters, digits, ``-`` and ``_``."""
    account: str
    """The grader: an account of this server, and a name on the hub."""
    folder: Path
    """The course's folder, as `grade nbgrader init` makes it; in the grader's home."""
    instructors: Iterable[str]
    students: Iterable[str]
    port: int
    """A free port of this server, on loopback; each course has its own."""
    separate: bool = True
    """False in the demonstration alone: the grader is the account that the hub runs as."""
    environment: dict[str, str] = field(default_factory=dict)
    """Further environment variables of the grader's server."""
    arguments: tuple[str, ...] = ()
    """Further arguments of the grader's server."""

    @property
    def graders(self) -> str:
        """The group whose members may open the formgrader."""
        return f"formgrade-{self.id}"

    @property
    def class_list(self) -> str:
        """The group whose members may fetch and submit."""
        return f"nbgrader-{self.id}"


def add_course(c: Any, course: Course) -> None:
    """Tell the hub, whose configuration is `c`, of a course."""
    instructors, students = sorted(course.instructors), sorted(course.students)
    groups = {
        course.graders: {"users": [course.account, *instructors]},
        # Instructors are on the class list too, so that they can try what students see.
        course.class_list: {"users": [*students, *instructors]},
    }
    c.JupyterHub.load_groups.update(groups)
    c.Authenticator.allowed_users.update({*instructors, *students})
    c.JupyterHub.load_roles.extend(roles(course))
    c.JupyterHub.services.append(service(course))


def roles(course: Course) -> list[dict[str, Any]]:
    """What the course's instructors, and what its own server, may ask of the hub."""
    return [
        {
            "name": course.graders,
            "description": f"Grade {course.id}",
            "groups": [course.graders],
            "scopes": [f"access:services!service={course.id}"],
        },
        {
            "name": f"class-list-{course.id}",
            "description": f"See and change the class list of {course.id}",
            "services": [course.id],
            "scopes": [
                f"read:users:name!user={course.account}",
                f"read:users:groups!user={course.account}",
                f"list:groups!group={course.class_list}",
                f"groups!group={course.class_list}",
            ],
        },
    ]


def service(course: Course) -> dict[str, Any]:
    """The grader's server, which the hub starts, watches and puts behind its own sign-in."""
    home = course.folder.parent
    # How long it may take to start; JupyterHub 5 has no such setting.
    patience = {"timeout": 120} if jupyterhub.version_info >= (6,) else {}
    return {
        "name": course.id,
        "url": f"http://127.0.0.1:{course.port}",
        "command": [sys.executable, "-m", "jupyterhub.singleuser", *course.arguments],
        "user": course.account if course.separate else "",
        "cwd": str(home),
        "oauth_no_confirm": True,
        "environment": {
            "HOME": str(home),
            "JUPYTERHUB_USER": course.account,
            # Everything that the formgrader links to must lie below the server's root.
            "JUPYTERHUB_ROOT_DIR": str(home),
            # In a tab of its own: no browser shows the formgrader inside another page.
            "JUPYTERHUB_DEFAULT_URL": "/formgrader",
            "JUPYTER_CONFIG_PATH": config_path("grader", "everyone"),
            "COURSE_ID": course.id,
            "COURSE_FOLDER": str(course.folder),
            **course.environment,
        },
        **patience,
    }


def config_path(*roles: str) -> str:
    """``JUPYTER_CONFIG_PATH`` of a server: the folders of its roles, those that win first."""
    return os.pathsep.join(str(JUPYTER / role) for role in roles)


USERS_CONFIG_PATH = config_path("everyone")
"""Where the servers of students and instructors find Jupyter's settings."""

SERVER_ROLE = {
    "name": "server",
    "description": "Says that it is in use, and reads its user's groups",
    "scopes": [
        "users:activity!user",
        "access:servers!server",
        # nbgrader asks which courses its user is in.
        "read:users:name!user",
        "read:users:groups!user",
    ],
}
"""What the token in a user's server may do, and never more than its user may."""
