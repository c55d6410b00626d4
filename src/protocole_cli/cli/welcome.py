"""`protocole` without a command."""

import os

import typer

from protocole_cli.cli.options import root


def welcome(ctx: typer.Context) -> int:
    """Say where one is and what one may want next; where there is no protocole around, how to go on."""
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import told_incomplete
    from protocole_cli.loading.git import VersionQuery
    from protocole_cli.loading.root import VARIABLE, SansProtocole
    from protocole_cli.rendering.neutral import visible
    from protocole_cli.rendering.welcome import welcome as said
    from protocole_cli.rendering.wrapping import wrap
    from protocole_cli.validation.check import validate

    dossier = ctx.params.get("dossier")
    try:
        racine = root(ctx, dossier)
    except SansProtocole as nowhere:
        if dossier or os.environ.get(VARIABLE):
            raise
        sentence = "\n".join(wrap(str(nowhere), columns()))
        answer(f"{visible(sentence)}\n\n{ctx.get_help()}\n")
        return 0
    with VersionQuery(racine) as query:
        report = validate(racine, fiches=True)
        answer(said(report, query.answer(), racine, columns()))
    return max(told_incomplete(report.loaded), 1 if report.erreurs else 0)
