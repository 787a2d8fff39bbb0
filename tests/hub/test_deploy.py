"""What teachers adopt from deploy/, as the hub and nbgrader would read it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from jupyterhub.scopes import scope_definitions
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader


@pytest.fixture
def server(root: Path) -> Config:
    """jupyterhub_config.py, loaded."""
    return PyFileConfigLoader(
        "jupyterhub_config.py", str(root / "deploy/jupyterhub")
    ).load_config()


@pytest.fixture
def chart(root: Path) -> Any:
    """values.yaml of the Helm chart."""
    return yaml.safe_load((root / "deploy/kubernetes/values.yaml").read_text(encoding="utf-8"))


def value(setting: Any, empty: Any) -> Any:
    """A setting that was added to, rather than set."""
    return setting.get_value(empty) if hasattr(setting, "get_value") else setting


def test_only_instructors_get_into_the_course(server: Config):
    """Of all roles, one opens the service, and its group is the course's instructors."""
    roles = value(server.JupyterHub.load_roles, [])
    opening = [role for role in roles if "access:services!service=dl101" in role["scopes"]]
    assert [role["groups"] for role in opening] == [["formgrade-dl101"]]
    groups = value(server.JupyterHub.load_groups, {})
    assert groups["formgrade-dl101"]["users"] == ["grader-dl101", "fatima"]
    assert groups["nbgrader-dl101"]["users"] == ["alice", "bob", "fatima"]


def test_who_may_sign_in(server: Config):
    """Instructors and students, and not the grader, who owns solutions and gradebook."""
    assert value(server.Authenticator.allowed_users, set()) == {"alice", "bob", "fatima"}


def test_the_service_runs_as_the_grader(server: Config):
    """The course's server is the grader's, below whose home the course lies."""
    (service,) = value(server.JupyterHub.services, [])
    assert service["user"] == "grader-dl101"
    root = Path(service["environment"]["JUPYTERHUB_ROOT_DIR"])
    assert Path(service["environment"]["COURSE_FOLDER"]).parent == root


def test_every_scope_exists(server: Config, chart: Any):
    """JupyterHub knows every scope, of the server's roles and of the chart's."""
    roles = [*value(server.JupyterHub.load_roles, []), *chart["hub"]["loadRoles"].values()]
    scopes = {scope.partition("!")[0] for role in roles for scope in role["scopes"]}
    assert scopes <= scope_definitions.keys()


def test_buttons(root: Path):
    """The files name extensions that are there; only the grader's server has the formgrader."""
    jupyter = root / "deploy/jupyterhub/jupyter"
    settings = {
        role: json.loads((jupyter / role / "jupyter_server_config.json").read_text())
        for role in ("everyone", "grader")
    }
    enabled = {
        role: found["ServerApp"]["jpserver_extensions"] for role, found in settings.items()
    }
    for module in enabled["everyone"].keys() | enabled["grader"].keys():
        assert importlib.util.find_spec(module) is not None
    theirs, ours = (
        "nbgrader.server_extensions.formgrader",
        "autograder.nbgrader_plugin.formgrader",
    )
    assert not enabled["everyone"][theirs]
    assert not enabled["grader"][theirs]
    assert enabled["grader"][ours]
    assert ours not in enabled["everyone"]


def test_graders_on_kubernetes(chart: Any):
    """The grader's server reads the grader's settings and knows its course; a student's not."""
    c = Config()
    exec(chart["hub"]["extraConfig"]["course"], {"c": c})
    settings = value(c.KubeSpawner.environment, {})
    grader, alice = (
        SimpleNamespace(user=SimpleNamespace(name=name)) for name in ("grader-dl101", "alice")
    )
    read = settings["JUPYTER_CONFIG_PATH"]
    assert read(grader) == "/opt/course/jupyter/grader:/opt/course/jupyter/everyone"
    assert read(alice) == "/opt/course/jupyter/everyone"
    assert settings["COURSE_FOLDER"](grader) == "/home/jovyan/dl101"
