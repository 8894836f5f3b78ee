"""The shell scripts, as far as they can be tried without installing anything."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["bin/run", "bin/setup", "bin/test", ".ci/run"]


def command(folder, name, *lines):
    """A stand-in for the command `name`."""
    path = folder / name
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path):
    """A copy of the scripts, and a PATH on which only what a test puts there can be found."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/setup", tmp_path / "bin/setup")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("cat", "dirname", "mkdir", "sha256sum", "sh"):
        (tools / name).symlink_to(shutil.which(name))
    return tmp_path


def setup(checkout, **environment):
    return subprocess.run(
        ["bin/setup"],
        cwd=checkout,
        env={"PATH": str(checkout / "tools"), **environment},
        text=True,
        capture_output=True,
        timeout=60,
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_executable_and_plain_posix_shell(script):
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["dash", "-n", ROOT / script], check=True)


class TestWhereItMayNotInstall:
    @pytest.fixture(autouse=True)
    def _bare_debian(self, checkout):
        command(checkout / "tools", "dpkg-query", "exit 1")
        command(checkout / "tools", "id", "echo 1000")

    def test_without_sudo_it_prints_the_exact_line_and_stops(self, checkout):
        result = setup(checkout)
        assert result.returncode == 1
        assert result.stderr.splitlines() == [
            "Il manque des paquets Debian. Installez-les en root, puis relancez :",
            "  apt-get install --no-install-recommends python3 python3-venv ca-certificates libgdal32"
            " libgeos-c1v5 libsqlite3-mod-spatialite",
        ]

    def test_with_sudo_it_installs_without_recommends(self, checkout):
        command(checkout / "tools", "sudo", f'echo "$@" >>"{checkout}/asked"')
        setup(checkout, PYTHON="none")
        update, install = (checkout / "asked").read_text().splitlines()
        assert update.startswith("apt-get ")
        assert update.endswith(" update")
        assert "install --no-install-recommends python3 " in install

    def test_an_installation_that_fails_says_so_and_gives_the_line(self, checkout):
        command(checkout / "tools", "sudo", "echo no network; exit 100")
        result = setup(checkout)
        assert result.returncode == 1
        assert "L’installation des paquets Debian a échoué" in result.stderr
        assert "apt-get install --no-install-recommends python3 " in result.stderr
        assert "no network" in (checkout / "var/setup.log").read_text()


def test_without_a_python_that_loads_extensions_it_says_which_one_would_do(checkout):
    command(checkout / "tools", "dpkg-query", "echo installed")
    command(checkout / "tools", "id", "echo 1000")
    command(checkout / "tools", "other-python", "exit 1")
    result = setup(checkout, PYTHON="other-python")
    assert result.returncode == 1
    assert "Aucun Python ≥ 3.11 qui sache charger une extension de SQLite" in result.stderr
    assert "/usr/bin/python3" in result.stderr


def test_what_is_installed_already_is_not_installed_again(checkout):
    command(checkout / "tools", "dpkg-query", "echo installed")
    (checkout / ".venv/bin").mkdir(parents=True)
    command(checkout / ".venv/bin", "python", f'echo "$@" >>"{checkout}/asked"; cat >/dev/null')
    assert setup(checkout).stdout == "Installation des bibliothèques Python…\n"
    assert "-m pip install" in (checkout / "asked").read_text()
    (checkout / "asked").unlink()
    assert setup(checkout).stdout == ""
    assert "-m pip install" not in (checkout / "asked").read_text()


def test_a_changed_dependency_is_installed_at_the_next_start(checkout):
    command(checkout / "tools", "dpkg-query", "echo installed")
    (checkout / ".venv/bin").mkdir(parents=True)
    command(checkout / ".venv/bin", "python", "cat >/dev/null")
    setup(checkout)
    with (checkout / "pyproject.toml").open("a") as file:
        file.write("# another pin\n")
    assert setup(checkout).stdout == "Installation des bibliothèques Python…\n"
