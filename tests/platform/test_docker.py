# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo for people with Docker: what it names is there."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from house import demo, templates
from house.cache import REPOSITORY


@pytest.fixture
def compose() -> dict:
    """The compose file, parsed."""
    return yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())


def test_every_path_that_the_compose_file_mounts_exists(compose: dict) -> None:
    """Docker would make an empty folder of a path that is missing."""
    mounts = [m for s in compose["services"].values() for m in s.get("volumes", [])]
    paths = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]
    assert len(paths) >= 5
    assert [path for path in paths if not (REPOSITORY / path).exists()] == []


def test_every_named_volume_is_declared(compose: dict) -> None:
    """An undeclared one stops docker compose before it starts anything."""
    mounts = [m for s in compose["services"].values() for m in s.get("volumes", [])]
    named = {mount.split(":")[0] for mount in mounts if not mount.startswith("./")}
    assert named == set(compose["volumes"])


def test_services_depend_on_services_that_exist(compose: dict) -> None:
    """A network or a dependency of a service nobody defines is refused."""
    services = compose["services"]
    wanted = {name for s in services.values() for name in s.get("depends_on", {})}
    networks = {s["network_mode"] for s in services.values() if "network_mode" in s}
    assert wanted | {name.removeprefix("service:") for name in networks} <= set(
        services
    )


def test_the_images_are_the_official_ones_of_this_series(compose: dict) -> None:
    """Another series of Odoo could not load the addons."""
    images = {name: s["image"] for name, s in compose["services"].items()}
    assert images["odoo"] == "odoo:19.0"
    assert images["db"].startswith("postgres:")


def test_the_start_command_is_valid_shell() -> None:
    """A syntax error would show only in the container."""
    start = REPOSITORY / "docker" / "start"
    checked = subprocess.run(["sh", "-n", start], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_docker_installs_what_the_demo_installs() -> None:
    """The two ways to see the demo must not drift apart."""
    start = (REPOSITORY / "docker" / "start").read_text()
    modules = re.search(r"^modules=(\S+)$", start, re.MULTILINE)
    database = re.search(r"^database=(\S+)$", start, re.MULTILINE)
    assert modules and set(modules[1].split(",")) == set(templates.THIRD_PARTY)
    assert database and database[1] == demo.DATABASE
