"""What a repository's own git settings could run: nothing, when the program asks git about it."""

import os
import subprocess
from pathlib import Path

import pytest

from programs import PROTOCOLE, committed, git

SETTINGS = [
    "core.fsmonitor",
    "core.hooksPath",
    "core.pager",
    "core.sshCommand",
    "core.editor",
    "core.askPass",
    "diff.external",
    "diff.piege.textconv",
    "diff.piege.command",
    "pager.log",
    "pager.status",
    "gpg.program",
    "gpg.ssh.program",
    "alias.log",
    "alias.status",
    "alias.config",
    "filter.piege.clean",
    "filter.piege.smudge",
    "filter.piege.process",
    "filter.signe=et.clean",
    "filter.à-côté.process",
]


@pytest.fixture
def marque(tmp_path: Path) -> Path:
    """A file that stands there once a trap was sprung."""
    return tmp_path / "pris"


@pytest.fixture
def piege(tmp_path: Path, marque: Path) -> Path:
    """A program that leaves its mark."""
    program = tmp_path / "piege"
    program.write_text(f"#!/bin/sh\ntouch '{marque}'\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def hostile(depot: Path, piege: Path) -> Path:
    """A repository of which every setting and every file would run the program, each file touched since its commit."""
    committed(depot)
    for name in SETTINGS:
        git(depot, "config", name, f"'{piege}'" if name.startswith("filter") else str(piege))
    for name in ("filter.piege.required", "log.showSignature", "status.submoduleSummary"):
        git(depot, "config", name, "true")
    hooks = depot / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-auto-gc", "reference-transaction"):
        (hooks / hook).symlink_to(piege)
    attributes = "fiche-01.yaml filter=piege diff=piege\nfiche-02.yaml filter=signe=et\nfiche-03.yaml filter=à-côté\n"
    (depot / "data/fiches/.gitattributes").write_text(attributes, encoding="utf-8")
    (depot / ".git/info").mkdir(exist_ok=True)
    (depot / ".git/info/attributes").write_text("* filter=piege diff=piege\n", encoding="utf-8")
    for fiche in (depot / "data/fiches").glob("*.yaml"):
        os.utime(fiche, (1, 1))
    return depot


COMMANDS = [["fiche", "1"], ["export", "--format", "md", "-o", "-"], ["validate"]]
COMPARISON = ["comparer", "HEAD"]
"""Needs the commit, where the others do without."""


def run(depot: Path, arguments: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run the program, the surroundings as a user's own."""
    command = [*PROTOCOLE, "--dossier", str(depot), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_trap_is_set(hostile: Path, marque: Path) -> None:
    """Else the tests below could not fail."""
    subprocess.run(
        ["git", "-C", str(hostile), "-c", "core.fsmonitor=false", "status"], capture_output=True, check=False
    )
    assert marque.exists()


@pytest.mark.parametrize("arguments", [*COMMANDS, COMPARISON], ids=" ".join)
def test_settings_and_hooks_run_nothing(hostile: Path, marque: Path, arguments: list[str]) -> None:
    answer = run(hostile, arguments)
    assert (answer.returncode, answer.stderr.count("\n") <= 1) == (0, True)
    assert not marque.exists()


def test_the_version_is_still_known(hostile: Path) -> None:
    assert "1er mars 2020" in run(hostile, ["fiche", "5"]).stdout.replace("\u00a0", " ")


def lack_a_commit(depot: Path, address: str, program: Path) -> None:
    """Make the repository a partial clone, which fetches what it lacks by programs that its settings name."""
    git(depot, "config", "protocol.allow", "always")
    git(depot, "config", "core.repositoryFormatVersion", "1")
    git(depot, "config", "extensions.partialClone", "origin")
    git(depot, "config", "remote.origin.promisor", "true")
    git(depot, "config", "remote.origin.url", address)
    git(depot, "config", "remote.origin.uploadpack", str(program))
    (depot / "ailleurs").mkdir()
    commit = git(depot, "rev-parse", "HEAD")
    (depot / ".git/objects" / commit[:2] / commit[2:]).unlink()


@pytest.mark.parametrize("address", ["ext::{piege}", "ssh://machine/depot", "{depot}/ailleurs"])
def test_a_missing_object_is_not_fetched(hostile: Path, piege: Path, marque: Path, address: str) -> None:
    lack_a_commit(hostile, address.format(piege=piege, depot=hostile), piege)
    for arguments in COMMANDS:
        assert run(hostile, arguments).returncode == 0
    assert run(hostile, COMPARISON).returncode == 1
    assert not marque.exists()


def test_the_trap_of_a_missing_object_is_set(hostile: Path, piege: Path, marque: Path) -> None:
    lack_a_commit(hostile, str(hostile / "ailleurs"), piege)
    subprocess.run(["git", "-C", str(hostile), "log", "-1"], capture_output=True, check=False, timeout=60)
    assert marque.exists()
