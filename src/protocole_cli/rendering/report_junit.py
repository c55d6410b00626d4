"""A validation report as JUnit XML: a suite a file, a test a diagnostic, for the readers of test results."""

from collections import Counter
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.rendering.neutral import one_line
from protocole_cli.validation.check import Report


def junit_report(report: Report) -> str:
    """Return XML in which an error is a failure, and a warning a test that was skipped: told, failing nothing.

    A file without remark is a test that passed. Names hold no line, so that readers know a test again when lines move.
    """
    of_files = dict.fromkeys(report.fichiers, ())
    of_files |= {f: tuple(found) for f, found in groupby(report.diagnostics, lambda d: d.position.fichier)}
    top = Element("testsuites", name="protocole")
    for fichier in sorted(of_files):
        _suite(top, one_line(fichier), of_files[fichier])
    _count(top, "testcase")
    indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(top, encoding="unicode")}\n'


def _suite(top: Element, fichier: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    suite = SubElement(top, "testsuite", name=fichier)
    met: Counter[str] = Counter()
    for d in diagnostics:
        name = one_line(f"[{d.regle}] {d.message}")
        met[name] += 1
        rank = f" ({met[name]})" if met[name] > 1 else ""
        line = str(d.position.ligne)
        case = SubElement(suite, "testcase", classname=fichier, name=name + rank, file=fichier, line=line)
        said = one_line(f"{d.message} {d.aide}".rstrip())
        if d.severite is Severite.ERREUR:
            place = f"{fichier}:{line}:{d.position.colonne}"
            SubElement(case, "failure", type=d.regle, message=said).text = f"{place}: {said}"
        else:
            SubElement(case, "skipped", type=d.regle, message=said)
    if not diagnostics:
        SubElement(suite, "testcase", classname=fichier, name="aucune remarque", file=fichier)
    _count(suite, "testcase")


def _count(element: Element, tests: str) -> None:
    """Write how many tests there are below an element, and how many of them failed or were skipped."""
    for attribute, tag in (("tests", tests), ("failures", "failure"), ("skipped", "skipped")):
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")
