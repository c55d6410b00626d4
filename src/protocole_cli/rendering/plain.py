"""Objects of the model as plain data: what JSON is made of."""

from typing import Any

from msgspec import Struct


def plain(value: Any) -> Any:
    """Return plain data without places and absent values; what has a value by default has it here too."""
    if isinstance(value, Struct):
        named = ((name, getattr(value, name)) for name in value.__struct_fields__ if name != "position")
        return {name: said for name, part in named if (said := plain(part)) not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
