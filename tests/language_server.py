"""A conversation with yaml-language-server, which editors use: what it says of a file that is opened."""

import json
import subprocess
from pathlib import Path
from threading import Timer
from typing import IO, Any


def complaints(program: str, root: Path, file: Path, settings: dict[str, Any]) -> list[tuple[int, str]]:
    """Return the line (from 1) and the words of each thing that the server finds wrong with a file.

    `settings` are those of the editor, with dots in their names, as in .vscode/settings.json.
    """
    with subprocess.Popen([program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        patience = Timer(60, server.kill)  # a server that says nothing is no reason to wait for ever
        patience.start()
        try:
            return _ask(server.stdin, server.stdout, root, file, settings)
        finally:
            patience.cancel()
            server.kill()


def _ask(
    to_server: IO[bytes], from_server: IO[bytes], root: Path, file: Path, settings: dict[str, Any]
) -> list[tuple[int, str]]:
    folder = {"uri": root.as_uri(), "name": root.name}
    capabilities = {
        "workspace": {"configuration": True, "workspaceFolders": True},
        "textDocument": {"publishDiagnostics": {}},
    }
    _send(to_server, id=1, method="initialize", params={
        "processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": capabilities,
    })  # fmt: skip
    while True:
        message = _receive(from_server)
        if message.get("method") == "workspace/configuration":
            sections = [item.get("section", "") for item in message["params"]["items"]]
            _send(to_server, id=message["id"], result=[_section(settings, section) for section in sections])
        elif message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]["diagnostics"]
            return [(d["range"]["start"]["line"] + 1, d["message"]) for d in found]
        elif "method" in message and "id" in message:
            _send(to_server, id=message["id"], result=None)
        elif message.get("id") == 1:
            _send(to_server, method="initialized", params={})
            _send(to_server, method="workspace/didChangeConfiguration", params={"settings": {}})
            _send(to_server, method="textDocument/didOpen", params={"textDocument": {
                "uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text(encoding="utf-8"),
            }})  # fmt: skip


def _section(settings: dict[str, Any], section: str) -> dict[str, Any]:
    """Return the settings below a section, nested as the server reads them."""
    nested: dict[str, Any] = {}
    for name, value in settings.items():
        if name.startswith(f"{section}."):
            *above, last = name.removeprefix(f"{section}.").split(".")
            inner = nested
            for part in above:
                inner = inner.setdefault(part, {})
            inner[last] = value
    return nested


def _send(stream: IO[bytes], **message: Any) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def _receive(stream: IO[bytes]) -> dict[str, Any]:
    length = 0
    while (header := stream.readline().strip()) or not length:
        assert header or length, "the server has gone"
        if header.lower().startswith(b"content-length:"):
            length = int(header.partition(b":")[2])
    message = json.loads(stream.read(length))
    assert isinstance(message, dict)
    return message
