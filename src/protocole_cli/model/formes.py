r"""The forms of the simple values, the same as in the schemas: what has another one is not taken into the model.

`(?!\n)` after `$` says, to every engine, that the end is meant, and not the place before a last line break.
"""

from typing import Annotated, TypeVar

from msgspec import Meta

T = TypeVar("T")

Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)", max_length=80)]
"""What references name: « conseil-regional »."""
Ligne = Annotated[str, Meta(pattern=r"^[^\n\r]*\S[^\n\r]*$(?!\n)")]
"""Words on one line."""
Prose = Annotated[str, Meta(pattern=r"\S")]
"""A text in Markdown, with something in it."""
Numero = Annotated[int, Meta(ge=1, le=99_999)]
Annee = Annotated[int, Meta(ge=1900, le=2100)]
Mois = Annotated[int, Meta(ge=1, le=12)]
FoisParAn = Annotated[int, Meta(ge=0, le=366)]
Montant = Annotated[float, Meta(ge=0)]
"""An amount, in euros."""
Jour = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$(?!\n)")]
"""A day, as ISO 8601 writes it."""
Date = Annotated[str, Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$(?!\n)")]
"""A year, a month or a day, as ISO 8601 writes them."""
CodeInsee = Annotated[str, Meta(pattern=r"^([0-9]{5}|2[AB][0-9]{3})$(?!\n)")]
CodeQuartier = Annotated[str, Meta(pattern=r"^(QP[0-9]{6}|QN[0-9]{5}[A-Z])$(?!\n)")]
AuMoinsUn = Annotated[tuple[T, ...], Meta(min_length=1)]
"""A list that is left out where it would be empty."""
