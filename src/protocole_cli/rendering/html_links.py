"""Links inside the page, which a large protocole has by tens of thousands: too many for a template to loop over."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from protocole_cli.rendering.build_document import fiche_anchor
from protocole_cli.rendering.build_page import Renvoi


def fiche_links(numeros: Iterable[int]) -> Markup:
    """Return a link to each fiche, by its number."""
    return Markup(" ".join(map(_fiche_link, numeros)))  # noqa: S704 (made of numbers alone)


def silent_links(renvois: Iterable[Renvoi]) -> Markup:
    """Return links whose names are in an attribute, which the style sheet shows: they add no word to the text around."""
    return Markup(" ".join(map(_silent_link, renvois)))  # noqa: S704 (all text in it is escaped)


@lru_cache(maxsize=1 << 14)
def _fiche_link(numero: int) -> str:
    return f'<a href="#{fiche_anchor(numero)}" aria-label="Fiche {numero}">{numero}</a>'


@lru_cache(maxsize=1 << 14)
def _silent_link(renvoi: Renvoi) -> str:
    return f'<a href="#{escape(renvoi.ancre)}" aria-label="{escape(renvoi.nom)}"></a>'
