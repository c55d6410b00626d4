"""The part of a data file that stands under one key, for questions that need no more of a long file."""


def excerpt(raw: bytes, key: str) -> bytes | None:
    """Return a file with nothing but what stands under a key of its top, on the same lines; `None` where that is not plain to see.

    The lines are taken as they are written, whatever is wrong with the others.
    """
    head = f"{key}:".encode()
    lines = raw.split(b"\n")
    heads = [rank for rank, line in enumerate(lines) if line.startswith(head)]
    if len(heads) != 1:
        return None
    start = heads[0]
    end = next((rank for rank in range(start + 1, len(lines)) if lines[rank][:1] not in _GOING_ON), len(lines))
    if end < len(lines) and not _is_key(lines[end]):
        return None
    return b"\n" * start + b"\n".join([*lines[start:end], b""])


_GOING_ON = (b"", b" ", b"\t", b"\r", b"#", b"-")
"""How the lines begin that may belong to the key above."""


def _is_key(line: bytes) -> bool:
    """Tell whether a line begins with a key: what follows the lines of another one, if all is well there."""
    key, colon, _ = line.partition(b":")
    return bool(colon) and key.replace(b"_", b"").isalpha()
