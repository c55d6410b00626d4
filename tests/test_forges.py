"""The files that a territory copies to its forge: their form, what they may do, and their scripts, run without a forge."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from conftest import CHECKOUT, replace
from programs import committed, git

FORGES = CHECKOUT / "docs" / "forges"
GITHUB, COMMENTING, GITLAB = (
    FORGES / name for name in ("github/protocole.yml", "github/protocole-commentaire.yml", "gitlab-ci.yml")
)
MARK = "<!-- protocole : commentaire -->"
FICHE = "data/fiches/fiche-03.yaml"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def read(file: Path) -> dict[str, Any]:
    """Return a CI file as data; `on` is written as it stands there, and no yes."""
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (the loader of text alone)
    assert isinstance(data, dict)
    return data


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in read(file)["jobs"].values() for step in job["steps"]]


def step(file: Path, name: str) -> str:
    """Return the script of a step of GitHub."""
    (found,) = [s["run"] for s in steps(file) if s.get("name") == name]
    assert isinstance(found, str)
    return found


# Their form


@pytest.mark.parametrize(("file", "schema"), [(GITHUB, "github-workflows"), (COMMENTING, "github-workflows"), (GITLAB, "gitlab-ci")])  # fmt: skip
def test_the_forge_would_accept_the_file(file: Path, schema: str) -> None:
    """By the schemas of SchemaStore and GitLab, which check-jsonschema carries."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("script", [s["run"] for f in (GITHUB, COMMENTING) for s in steps(f) if "run" in s] + ["\n".join(read(GITLAB)[job]["script"]) for job in ("protocole", "protocole-commentaire")])  # fmt: skip
def test_scripts_are_shell(script: str) -> None:
    answer = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.outils
def test_a_checker_of_workflows_finds_only_what_was_decided() -> None:
    """Actions are pinned by major version; a comment takes a workflow that follows another."""
    command = ["zizmor", "--offline", "--no-progress", "--format=json", str(GITHUB), str(COMMENTING)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert {finding["ident"] for finding in json.loads(answer.stdout)} == {"unpinned-uses", "dangerous-triggers"}


# What they may do


def test_what_reads_the_request_may_write_nothing() -> None:
    workflow = read(GITHUB)
    assert workflow["on"] == {"pull_request": ""}
    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in workflow["jobs"].values())
    assert not re.search(r"secrets|GITHUB_TOKEN|github\.token", GITHUB.read_text(encoding="utf-8"))
    checkouts = [s for s in steps(GITHUB) if s.get("uses", "").startswith("actions/checkout@")]
    assert [s["with"]["persist-credentials"] for s in checkouts] == ["false", "false"]


def test_the_program_is_that_of_the_target_branch() -> None:
    target, request = [s["with"] for s in steps(GITHUB) if s.get("uses", "").startswith("actions/checkout@")]
    assert (target["ref"], target["path"]) == ("${{ github.event.pull_request.base.sha }}", "avant")
    assert (request.get("ref"), request["path"]) == (None, "demande")
    assert read(GITHUB)["env"] == {"PAQUET": "./avant"}
    assert [s for s in steps(GITHUB) if "install" in s.get("run", "")] == [s for s in steps(GITHUB) if "PAQUET" in s.get("run", "")]  # fmt: skip


def test_what_may_write_runs_nothing_of_the_request() -> None:
    workflow = read(COMMENTING)
    assert list(workflow["on"]) == ["workflow_run"]
    assert workflow["on"]["workflow_run"]["workflows"] == [read(GITHUB)["name"]]
    assert workflow["permissions"] == {}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert [s["uses"] for s in steps(COMMENTING) if "uses" in s] == ["actions/download-artifact@v8"]


@pytest.mark.parametrize("file", [GITHUB, COMMENTING])
def test_actions_are_pinned_by_major_version_and_no_expression_stands_in_a_script(file: Path) -> None:
    for found in steps(file):
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", found.get("uses", "actions/x@v1"))
        assert "${{" not in found.get("run", "")


def test_gitlab_keeps_its_token_from_what_reads_the_request() -> None:
    jobs = read(GITLAB)
    assert "JETON" not in json.dumps(jobs["protocole"])
    commenting = jobs["protocole-commentaire"]
    assert commenting["variables"] == {"GIT_STRATEGY": "none"}
    (rule,) = commenting["rules"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID && $PROTOCOLE_JETON" in rule["if"]
    assert rule["when"] == "always"


# Their scripts


def run_script(
    script: str, folder: Path, programs: Path | None = None, /, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run a script as the forges do: bash, ending at the first fault; `protocole` is the one of these tests."""
    path = [*([str(programs)] if programs else []), str(Path(sys.executable).parent), os.environ["PATH"]]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | {"PATH": os.pathsep.join(path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def runner(depot: Path) -> Path:
    """What GitHub's runner holds once both states are checked out: `avant` and `demande`."""
    committed(depot)
    folder = depot.parent
    for name in ("avant", "demande"):
        git(folder, "clone", "--quiet", str(depot), str(folder / name))
    return folder


def github_run(runner: Path) -> list[int]:
    """Run the scripts that follow the installation; return how each ended."""
    after = [s for s in steps(GITHUB) if "run" in s and "PAQUET" not in s["run"]]
    environment = {"GITHUB_STEP_SUMMARY": str(runner / "resume.md"), "PAGE": "https://exemple.org/document"}
    answers = [run_script(s["run"], runner, **environment) for s in after]
    (runner / "annotations").write_text(answers[-1].stdout, encoding="utf-8")
    return [answer.returncode for answer in answers]


def test_github_says_what_is_new(runner: Path) -> None:
    replace(
        runner / "demande", "data/fiches/fiche-08.yaml", "  - texte: Réunir", "  - texte: Financer\n  - texte: Réunir"
    )
    assert github_run(runner) == [0, 0, 0, 0]
    comment = (runner / "commentaire.md").read_text(encoding="utf-8")
    assert comment.startswith(f"{MARK}\n")
    assert "aucune erreur, 1 nouveau point d’attention" in comment
    assert comment.endswith("\n\n[Télécharger le document tel qu’il serait](https://exemple.org/document)\n")
    assert (runner / "resume.md").read_text(encoding="utf-8") == comment
    assert "Financer" in (runner / "page" / "protocole.html").read_text(encoding="utf-8")
    assert (runner / "annotations").read_text(encoding="utf-8").count("::warning ") == 1


def test_github_refuses_an_error_after_it_has_said_all(runner: Path) -> None:
    ligne = replace(runner / "demande", FICHE, "public: |\n", "publics: |\n")
    assert github_run(runner) == [0, 0, 0, 1]
    assert "ne peut pas être acceptée en l’état : 1 erreur" in (runner / "commentaire.md").read_text(encoding="utf-8")
    assert f"::error file={FICHE},line={ligne},col=1" in (runner / "annotations").read_text(encoding="utf-8")
    assert "ne pas signer" in (runner / "page" / "protocole.html").read_text(encoding="utf-8")


def test_github_needs_no_sound_state_to_compare_with(runner: Path) -> None:
    shutil.rmtree(runner / "avant" / "data")
    assert github_run(runner) == [0, 0, 0, 0]
    assert "aucune erreur, 20 points d’attention" in (runner / "commentaire.md").read_text(encoding="utf-8")


def test_github_says_that_the_check_could_not_take_place(runner: Path) -> None:
    (runner / "demande/data/protocole.yaml").rename(runner / "demande/data/autre.yaml")
    assert github_run(runner) == [0, 2, 0, 2]
    comment = (runner / "commentaire.md").read_text(encoding="utf-8")
    assert comment.startswith(f"{MARK}\n\n## Vérification du protocole\n\n**La modification ne peut pas être acceptée")
    assert "remettez-le en place" in comment


def test_github_reads_no_template_that_fails_as_a_failure_of_the_check(runner: Path) -> None:
    templates = runner / "demande" / "templates"
    templates.mkdir()
    (templates / "document.html.j2").write_text("{% oops", encoding="utf-8")
    assert github_run(runner) == [0, 1, 0, 0]
    (produced,) = [s for s in steps(GITHUB) if s.get("name") == "Produire le document"]
    assert produced["continue-on-error"] == "true"


FAKE_GH = """#!/usr/bin/env python3
import json, os, subprocess, sys
from pathlib import Path
arguments = sys.argv[1:]
state = Path(os.environ["FORGE"])
route = next(a for a in arguments if a.startswith("repos/")).partition("?")[0]
if "--method" in arguments:
    body = next(a for a in arguments if a.startswith("body=@"))[6:]
    call = [arguments[arguments.index("--method") + 1], route, Path(body).read_text()]
    with (state / "calls").open("a") as calls:
        calls.write(json.dumps(call) + "\\n")
else:
    answer = (state / route.replace("/", "_")).read_text()
    subprocess.run(["jq", "--raw-output", arguments[arguments.index("--jq") + 1]], input=answer, text=True, check=True)
"""
"""`gh api` as far as the script asks it: what it would send is written down, what it would read is in files."""


@pytest.fixture
def fake_gh(tmp_path: Path) -> Path:
    programs = tmp_path / "programmes"
    programs.mkdir()
    (programs / "gh").write_text(FAKE_GH, encoding="utf-8")
    (programs / "gh").chmod(0o755)
    (tmp_path / "repos_org_depot_pulls").write_text(
        json.dumps([{"number": 7, "head": {"sha": COMMIT}}, {"number": 8, "head": {"sha": "f" * 40}}]), "utf-8"
    )
    (tmp_path / "commentaire.md").write_text(f"{MARK}\n\nbonjour\n", encoding="utf-8")
    return tmp_path


def github_comment(folder: Path, comments: list[dict[str, Any]]) -> tuple[int, list[list[str]]]:
    """Run the script that comments, where a request has some comments; return how it ended and what it sent."""
    (folder / "repos_org_depot_issues_7_comments").write_text(json.dumps(comments), encoding="utf-8")
    script = step(COMMENTING, "Écrire le commentaire, ou le renouveler")
    answer = run_script(script, folder, folder / "programmes", FORGE=str(folder), GH_REPO="org/depot", COMMIT=COMMIT)
    calls = folder / "calls"
    sent = calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
    return answer.returncode, [json.loads(call) for call in sent]


STRANGERS = [
    {"id": 1, "user": {"login": "quelquun"}, "body": f"{MARK}\nfaux"},
    {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "autre chose"},
]


@pytest.mark.outils
def test_github_writes_one_comment(fake_gh: Path) -> None:
    said = f"{MARK}\n\nbonjour\n"
    assert github_comment(fake_gh, STRANGERS) == (0, [["POST", "repos/org/depot/issues/7/comments", said]])


@pytest.mark.outils
def test_github_renews_its_comment(fake_gh: Path) -> None:
    ours = {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nhier"}
    later = ours | {"id": 4}
    said = f"{MARK}\n\nbonjour\n"
    assert github_comment(fake_gh, [*STRANGERS, ours, later]) == (
        0,
        [["PATCH", "repos/org/depot/issues/comments/3", said]],
    )


@pytest.mark.outils
def test_github_writes_nothing_that_is_not_ours(fake_gh: Path) -> None:
    (fake_gh / "commentaire.md").write_text("autre chose\n", encoding="utf-8")
    assert github_comment(fake_gh, []) == (1, [])
    (fake_gh / "commentaire.md").write_text(f"{MARK}\n", encoding="utf-8")
    (fake_gh / "repos_org_depot_pulls").write_text("[]", encoding="utf-8")
    assert github_comment(fake_gh, []) == (0, [])


def gitlab_script(job: str, leaving_out: str = "") -> str:
    return "\n".join(part for part in read(GITLAB)[job]["script"] if not leaving_out or leaving_out not in part)


def test_gitlab_reports(depot: Path) -> None:
    before = committed(depot)
    ligne = replace(depot, FICHE, "public: |\n", "publics: |\n")
    committed(depot)
    extracted = (
        "mkdir -p .protocole/avant\n"
        'git archive "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_SHA}" | tar -x -C .protocole/avant\n'
    )
    assert extracted in gitlab_script("protocole")
    answer = run_script(extracted + gitlab_script("protocole", "PAQUET"), depot, CI_MERGE_REQUEST_DIFF_BASE_SHA=before)
    assert answer.returncode == 1
    assert f"{ligne:>5} | publics: |\n" in answer.stdout
    comment = (depot / "commentaire.md").read_text(encoding="utf-8")
    assert "1 erreur à corriger" in comment
    assert "16 points d’attention étaient déjà là avant cette modification." in comment
    quality = json.loads((depot / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert [f["location"]["path"] for f in quality if f["severity"] == "major"] == [FICHE]
    joined = read(GITLAB)["protocole"]["artifacts"]
    for file in (*joined["paths"], *joined["reports"].values()):
        assert (depot / file).stat().st_size, file


def test_gitlab_says_that_the_check_could_not_take_place(depot: Path) -> None:
    commit = committed(depot)
    (depot / "data/protocole.yaml").unlink()
    extracted = gitlab_script("protocole").partition("python3 -m venv")[0]
    answer = run_script(extracted + gitlab_script("protocole", "PAQUET"), depot, CI_COMMIT_SHA=commit)
    assert answer.returncode == 2
    assert (depot / "commentaire.md").read_text(encoding="utf-8").startswith(f"{MARK}\n\n## Vérification")


def test_gitlab_checks_its_own_branch(depot: Path) -> None:
    """There is no request there, and nothing to compare with but itself."""
    commit = committed(depot)
    extracted = gitlab_script("protocole").partition("python3 -m venv")[0]
    answer = run_script(extracted + gitlab_script("protocole", "PAQUET"), depot, CI_COMMIT_SHA=commit)
    assert answer.returncode == 0
    assert "aucun nouveau point d’attention" in (depot / "commentaire.md").read_text(encoding="utf-8")


class Notes(BaseHTTPRequestHandler):
    """The part of GitLab's API that the script speaks to; what is sent is kept in `sent`."""

    existing: ClassVar[list[dict[str, Any]]] = []
    sent: ClassVar[list[tuple[str, str, str]]] = []

    def do_GET(self) -> None:
        route = urlsplit(self.path).path
        known = {"/api/v4/user": {"id": 5}, "/api/v4/projects/1/merge_requests/2/notes": self.existing}
        self._answer(200 if route in known and self.headers["PRIVATE-TOKEN"] == "jeton" else 404, known.get(route))

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.sent.append((self.command, self.path, form["body"][0]))
        self._answer(201, {})

    def do_PUT(self) -> None:
        self.do_POST()

    def _answer(self, status: int, value: Any) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gitlab() -> Iterator[str]:
    Notes.existing, Notes.sent = [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), Notes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api/v4"
        server.shutdown()


def gitlab_comment(folder: Path, api: str, said: str) -> int:
    (folder / "commentaire.md").write_text(said, encoding="utf-8")
    environment = {"CI_API_V4_URL": api, "CI_MERGE_REQUEST_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "2"}
    return run_script(
        gitlab_script("protocole-commentaire"), folder, PROTOCOLE_JETON="jeton", no_proxy="*", **environment
    ).returncode


@pytest.mark.outils
def test_gitlab_writes_one_comment_and_renews_it(tmp_path: Path, gitlab: str) -> None:
    said = f"{MARK}\n\nà lire & relire : 100 %\n"
    notes = "/api/v4/projects/1/merge_requests/2/notes"
    Notes.existing = [{"id": 8, "author": {"id": 6}, "body": said}, {"id": 9, "author": {"id": 5}, "body": "autre"}]
    assert gitlab_comment(tmp_path, gitlab, said) == 0
    Notes.existing = [*Notes.existing, {"id": 10, "author": {"id": 5}, "body": f"{MARK}\nhier"}]
    assert gitlab_comment(tmp_path, gitlab, said) == 0
    assert Notes.sent == [("POST", notes, said), ("PUT", f"{notes}/10", said)]


@pytest.mark.outils
def test_gitlab_writes_nothing_that_is_not_ours(tmp_path: Path, gitlab: str) -> None:
    assert gitlab_comment(tmp_path, gitlab, "autre chose\n") == 1
    assert gitlab_comment(tmp_path, f"{gitlab}/absent", f"{MARK}\n") != 0
    assert Notes.sent == []


# Before a commit


@pytest.mark.outils
def test_the_installation_of_the_readme_is_that_of_the_scripts(tmp_path: Path) -> None:
    """The step that installs, run for good: the program of the target branch, from its folder."""
    git(tmp_path, "clone", "--quiet", str(CHECKOUT), str(tmp_path / "avant"))
    path = tmp_path / "chemin"
    answer = run_script(step(GITHUB, "Installer protocole"), tmp_path, PAQUET="./avant", GITHUB_PATH=str(path))
    assert answer.returncode == 0, answer.stderr
    program = Path(path.read_text(encoding="utf-8").strip()) / "protocole"
    assert subprocess.run([program, "--version"], capture_output=True, check=True).stdout.startswith(b"protocole ")


@pytest.mark.outils
def test_pre_commit_refuses_an_error(depot: Path) -> None:
    committed(depot)
    command = ["pre-commit", "try-repo", "--verbose", str(CHECKOUT), "protocole", "--all-files"]
    environment = os.environ | {"PRE_COMMIT_HOME": str(depot.parent / "pre-commit")}

    def tried() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, cwd=depot, env=environment, capture_output=True, text=True, check=False)

    passed = tried()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "20 avertissements" in passed.stdout
    ligne = replace(depot, FICHE, "public: |\n", "publics: |\n")
    refused = tried()
    assert refused.returncode == 1
    assert f"{FICHE}:{ligne}:1: erreur [cle-inconnue]" in refused.stdout
