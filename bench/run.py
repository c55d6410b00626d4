"""Measure what `protocole` costs, as ratios to other work done in the same run on the same machine.

    python bench/run.py [--fiches 10 1000 10000] [--runs 5] [--peers]

Whole processes are measured, one after another and all of them again at each round, so that a slow moment of the machine
touches them alike. bench/README.md says what each ratio means. Linux only: the peak of memory comes from wait4.

Standard library and PyYAML (for the programs that it starts).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
SCHEMA = ROOT / "schemas" / "fiche.schema.json"
SLOW = 20.0
"""From how many seconds on a command is run once only: its first run counts."""
PUBLISHED = 1000
"""How many fiches are published."""

PARSE = """
import sys, time, yaml
raws = [open(name, "rb").read() for name in sys.argv[1:]]
start = time.perf_counter()
for raw in raws:
    yaml.load(raw, yaml.CSafeLoader)
print(time.perf_counter() - start)
"""
"""A program that parses the files that are its arguments, and prints the seconds that this took."""

Pick = Callable[[Sequence[float]], float]


class Missing(Exception):
    """Something that measuring needs is not there; says what, in French."""


@dataclass
class Task:
    """A command and the code it ends with, and what its runs gave: the seconds of each, and the peak of memory in MiB."""

    name: str
    command: list[str]
    folder: Path = ROOT
    prints_seconds: bool = False
    code: int = 0
    emptied: Path | None = None
    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0
    failure: str = ""

    def run(self, environment: dict[str, str], *, counts: bool) -> None:
        """Run the command once; what it took is kept if it counts, or if it is too slow to be run again."""
        if self.emptied:
            shutil.rmtree(self.emptied, ignore_errors=True)
        start = time.perf_counter()
        with subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            output = process.stdout.read() if process.stdout else ""
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != self.code:
            last = output.strip().rpartition("\n")[2]
            self.failure = f"code {process.returncode} : {last[:120]}"
        elif counts or wall > SLOW:
            self.seconds.append(float(output) if self.prints_seconds else wall)
            self.peak = max(self.peak, usage.ru_maxrss / 1024)

    @property
    def done(self) -> bool:
        """Whether it needs no further run: it failed, or is slow and has run."""
        return bool(self.failure) or (bool(self.seconds) and self.seconds[0] > SLOW)


@dataclass(frozen=True)
class Row:
    """A line of the table: a number made of measures, and what it should not exceed."""

    what: str
    needs: tuple[Task, ...]
    value: Callable[[Pick], float]
    target: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Peer:
    """Another program: its name, where its path may be given, and our targets against it by number of fiches."""

    name: str
    variable: str
    targets: dict[int, float]

    @property
    def path(self) -> str | None:
        """Where the program is, if it is there."""
        return shutil.which(os.environ.get(self.variable) or self.name)


YAMALE = Peer("yamale", "YAMALE", {10: 0.9, 1000: 0.5, 10_000: 0.5})
CHECK_JSONSCHEMA = Peer("check-jsonschema", "CHECK_JSONSCHEMA", {1000: 0.05})
DOORSTOP = Peer("doorstop", "DOORSTOP", {1000: 0.05})


class Bench:
    """The measures to make, and the table to make of them."""

    def __init__(self, work: Path, sizes: Sequence[int]) -> None:
        """Find the programs and write the corpora."""
        self.work = work
        self.sizes = sizes
        self.tasks: list[Task] = []
        self.rows: list[Row] = []
        self.notes: list[str] = []
        self.environment = _environment(work / "pyc")
        program = shutil.which(os.environ.get("PROTOCOLE") or "protocole")
        if program is None:
            raise Missing("Le programme protocole n’est pas sur le PATH : installez-le, ou activez son environnement.")
        self.protocole = program
        beside = Path(program).parent / "python"
        self.python = str(beside) if beside.exists() else sys.executable
        for size in sizes:
            self._write("corpus.py", str(size), str(self.corpus(size)))

    def corpus(self, size: int) -> Path:
        """Return the folder of the corpus of a size."""
        return self.work / f"corpus-{size}"

    def plan(self, *, peers: bool) -> None:
        """List all measures and the rows that they give."""
        _progress("écriture des corpus")
        self._start_up()
        validations = {size: self._protocole(size, "validate") for size in self.sizes}
        self._validation(validations)
        self._one_fiche()
        self._search()
        export = self._export()
        if peers:
            for size, ours in validations.items():
                self._peers(size, ours)
            self._publication(export)

    def measure(self, runs: int) -> None:
        """Run every task once to warm up, then all of them `runs` times in turn."""
        for turn in range(runs + 1):
            _progress(f"tour {turn} sur {runs}" if turn else "mise en route")
            for task in self.tasks:
                if not task.done:
                    task.run(self.environment, counts=turn > 0)
        _progress("")

    def report(self) -> bool:
        """Print what was measured and the ratios; tell whether all were measured and no target is missed."""
        _print_table(("mesure", "min", "médiane", "Mio", "n"), [_measured(task) for task in self.tasks])
        rows = [row for row in self.rows if not any(task.failure for task in row.needs)]
        print()
        _print_table(("rapport", "cible", "min", "médiane", ""), [_judged(row) for row in rows])
        for note in self.notes:
            print(note)
        return len(rows) == len(self.rows) and all(row.target is None or row.value(min) <= row.target for row in rows)

    def _start_up(self) -> None:
        typer = self._task("python -c 'import typer'", [self.python, "-c", "import typer"])
        for arguments, target in ((("--help",), 1.15), (("fiche", "5"), 1.35)):
            if self._exists(arguments[0]):
                name = f"protocole {' '.join(arguments)}"
                self._ratio(f"{name} / import typer", self._task(name, [self.protocole, *arguments]), typer, target)

    def _validation(self, validations: dict[int, Task]) -> None:
        pairs = list(zip(self.sizes, self.sizes[1:], strict=False))
        for small, big in pairs:
            parse = self._parse(small, big)
            less, more = validations[small], validations[big]
            what = f"validate, par fiche, de {small} à {big} / CSafeLoader"
            self.rows.append(Row(what, (less, more, parse), _difference(less, more, parse), 0.75))
        for small, big in pairs:
            if small >= 1000:
                self._ratio(
                    f"validate, {big} / {small} fiches", validations[big], validations[small], 1.1 * big / small
                )
        biggest = validations[self.sizes[-1]]
        broken = self._task(
            f"protocole validate, {self.sizes[-1]} fiches dont une cassée",
            [self.protocole, "validate"],
            self._with_one_broken(self.sizes[-1]),
        )
        broken.code = 1
        self._ratio(f"validate, {self.sizes[-1]} fiches dont une cassée / toutes saines", broken, biggest, 1.1)
        target = 400.0 if self.sizes[-1] == 10_000 else None
        what = f"validate, {self.sizes[-1]} fiches, mémoire la plus haute"
        self.rows.append(Row(what, (biggest,), lambda _: biggest.peak, target, " Mio"))

    def _with_one_broken(self, size: int) -> Path:
        """Return a corpus in which the YAML of one fiche breaks off."""
        folder = self.work / f"corpus-{size}-casse"
        shutil.copytree(self.corpus(size), folder)
        middle = sorted((folder / "data" / "fiches").iterdir())[size // 2]
        middle.write_text(middle.read_text(encoding="utf-8") + 'public: "', encoding="utf-8")
        return folder

    def _one_fiche(self) -> None:
        small, big = self.sizes[0], self.sizes[-1]
        if small < 5 or small == big or not self._exists("fiche"):
            return
        for arguments in (("fiche", "5"), ("fiche", "5", "--format", "json")):
            above, below = self._protocole(big, *arguments), self._protocole(small, *arguments)
            self._ratio(f"{' '.join(arguments)}, {big} / {small} fiches", above, below, 1.5)

    def _search(self) -> None:
        """Hold a search for a common word against a question for which all fiches are read."""
        size = self.sizes[-1]
        if size < 1000 or not self._exists("chercher"):
            return
        reading = self._protocole(size, "fiches", "--annee", "1999")
        search = self._protocole(size, "chercher", "insertion")
        self._ratio(f"chercher insertion / lire {size} fiches", search, reading, 1.0)

    def _export(self) -> Task | None:
        if PUBLISHED not in self.sizes or not self._exists("export"):
            return None
        return self._protocole(PUBLISHED, "export", "--format", "html", "-o", str(self.work / "document.html"))

    def _peers(self, size: int, ours: Task) -> None:
        fiches = self.corpus(size) / "data" / "fiches"
        if YAMALE.path:
            schema = self.work / "yamale.yaml"
            self._write("peers.py", "yamale", str(schema))
            self._peer(YAMALE, size, ours, ["-s", str(schema), str(fiches)], fiches)
        if CHECK_JSONSCHEMA.path:
            names = sorted(path.name for path in fiches.iterdir())
            self._peer(CHECK_JSONSCHEMA, size, ours, ["--schemafile", str(SCHEMA), *names], fiches)
        if DOORSTOP.path:
            self._peer(DOORSTOP, size, ours, [], self._doorstop(size))
        if size == self.sizes[0]:
            absent = [peer for peer in (YAMALE, CHECK_JSONSCHEMA, DOORSTOP) if not peer.path]
            self.notes += [f"{p.name} n’a pas été trouvé, ni sur le PATH ni par {p.variable}." for p in absent]

    def _peer(self, peer: Peer, size: int, ours: Task, arguments: Iterable[str], folder: Path) -> None:
        theirs = self._task(f"{peer.name}, {size} fiches", [peer.path or peer.name, *arguments], folder)
        self._ratio(f"validate, {size} fiches / {peer.name}", ours, theirs, peer.targets.get(size))

    def _publication(self, export: Task | None) -> None:
        if export is None or DOORSTOP.path is None:
            return
        published = self.work / "published"
        command = [DOORSTOP.path, "publish", "--html", "all", str(published)]
        theirs = self._task(f"doorstop publish, {PUBLISHED} fiches", command, self._doorstop(PUBLISHED))
        theirs.emptied = published
        self._ratio(f"export html, {PUBLISHED} fiches / doorstop publish", export, theirs, 0.15)

    def _doorstop(self, size: int) -> Path:
        tree = self.work / f"doorstop-{size}"
        if not tree.exists():
            self._write("peers.py", "doorstop", str(self.corpus(size)), str(tree))
        return tree

    def _parse(self, small: int, big: int) -> Task:
        """Return the parsing of the fiches by which two corpora differ."""
        known = {path.name for path in (self.corpus(small) / "data" / "fiches").iterdir()}
        names = sorted(path.name for path in (self.corpus(big) / "data" / "fiches").iterdir() if path.name not in known)
        folder = self.corpus(big) / "data" / "fiches"
        task = self._task(f"CSafeLoader, {len(names)} fiches", [self.python, "-c", PARSE, *names], folder)
        task.prints_seconds = True
        return task

    def _protocole(self, size: int, *arguments: str) -> Task:
        shown = " ".join(arguments).partition(" -o ")[0]
        return self._task(f"protocole {shown}, {size} fiches", [self.protocole, *arguments], self.corpus(size))

    def _task(self, name: str, command: list[str], folder: Path = ROOT) -> Task:
        self.tasks.append(Task(name, command, folder))
        return self.tasks[-1]

    def _ratio(self, what: str, above: Task, below: Task, target: float | None) -> None:
        self.rows.append(
            Row(what, (above, below), lambda pick: pick(above.seconds) / pick(below.seconds), target),
        )

    def _exists(self, command: str) -> bool:
        """Tell whether the program has a command; say so where it does not."""
        arguments = [command] if command.startswith("-") else [command, "--help"]
        found = subprocess.run([self.protocole, *arguments], capture_output=True, check=False).returncode == 0
        note = f"« protocole {command} » n’existe pas : non mesuré."
        if not found and note not in self.notes:
            self.notes.append(note)
        return found

    def _write(self, script: str, *arguments: str) -> None:
        """Run one of our scripts; in a process of its own, so that this one stays small."""
        done = subprocess.run(
            [self.python, str(BENCH / script), *arguments], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Missing(f"bench/{script} a échoué : {done.stderr.strip()}")


def _difference(less: Task, more: Task, parse: Task) -> Callable[[Pick], float]:
    """Return the ratio of what more fiches take to the parsing of these fiches."""
    return lambda pick: (pick(more.seconds) - pick(less.seconds)) / pick(parse.seconds)


def _environment(bytecode: Path) -> dict[str, str]:
    """Return an environment where Python keeps its bytecode, as after an installation, out of our folders."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PROTOCOLE_DOSSIER"}
    return {k: v for k, v in os.environ.items() if k not in left_out} | {"PYTHONPYCACHEPREFIX": str(bytecode)}


def _measured(task: Task) -> tuple[str, ...]:
    if task.failure:
        return (task.name, f"échec ({task.failure})")
    shortest, middle = min(task.seconds), median(task.seconds)
    return (task.name, _shown(shortest, " s"), _shown(middle, " s"), f"{task.peak:.0f}", str(len(task.seconds)))


def _judged(row: Row) -> tuple[str, ...]:
    least, middle = row.value(min), row.value(median)
    verdict = "" if row.target is None else "ok" if least <= row.target else "MANQUÉ"
    target = "–" if row.target is None else f"≤ {_shown(row.target, row.unit)}"
    return (row.what, target, _shown(least, row.unit), _shown(middle, row.unit), verdict)


def _shown(number: float, unit: str) -> str:
    digits = 3 if number < 0.1 or unit == " s" else 2 if number < 20 else 0
    return f"{number:.{digits}f}".replace(".", ",") + unit


def _print_table(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(line[i]) for line in (head, *lines) if len(line) == len(head)) for i in range(len(head))]
    widths[0] = max(len(line[0]) for line in (head, *lines))
    for line in (head, *lines):
        cells = [cell.rjust(widths[rank]) if rank else cell.ljust(widths[0]) for rank, cell in enumerate(line)]
        print("  ".join(cells).rstrip())


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def main() -> int:
    """Read the arguments, measure, print; 1 if a target is missed or a command fails."""
    parser = argparse.ArgumentParser(description="Mesurer ce que coûte protocole, en rapports et non en secondes.")
    parser.add_argument(
        "--fiches", metavar="N", type=int, nargs="+", default=[10, 1000, 10_000], help="les tailles des corpus"
    )
    parser.add_argument("--runs", metavar="N", type=int, default=5, help="combien de fois chaque commande est lancée")
    parser.add_argument("--peers", action="store_true", help="mesurer aussi yamale, check-jsonschema et doorstop")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs va de 1 à l’infini.")
    with tempfile.TemporaryDirectory(prefix="protocole-mesure-") as folder:
        try:
            bench = Bench(Path(folder), sorted(set(arguments.fiches)))
            bench.plan(peers=arguments.peers)
            bench.measure(arguments.runs)
        except Missing as error:
            print(error, file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print("Interrompu.", file=sys.stderr)
            return 130
        return 0 if bench.report() else 1


if __name__ == "__main__":
    sys.exit(main())
