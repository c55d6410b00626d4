"""Where the program keeps its own schemas and templates."""

import os.path

PACKAGE = os.path.dirname(os.path.realpath(__file__))
CHECKOUT = os.path.dirname(os.path.dirname(PACKAGE))


def resource_folder(name: str) -> str:
    """Return the program's folder `name`: `schemas`, `templates` or `shells`.

    In an installed wheel it stands inside the package; in a source checkout, and in an editable
    install of one, at the top of the repository.
    """
    packaged = os.path.join(PACKAGE, name)
    return packaged if os.path.isdir(packaged) else os.path.join(CHECKOUT, name)


def read_resource(folder: str, name: str) -> str:
    """Return the text of a file of one of these folders; raises `FileNotFoundError`."""
    with open(os.path.join(resource_folder(folder), name), encoding="utf-8") as resource:
        return resource.read()
