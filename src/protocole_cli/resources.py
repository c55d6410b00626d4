"""Where the program keeps its own schemas and templates."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent.parent


def resource_folder(name: str) -> Path:
    """Return the program's folder `name`, `schemas` or `templates`.

    In an installed wheel it stands inside the package; in a source checkout, and in an editable
    install of one, at the top of the repository.
    """
    packaged = PACKAGE / name
    return packaged if packaged.is_dir() else CHECKOUT / name
