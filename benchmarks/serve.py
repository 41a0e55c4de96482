"""Runs one application for a benchmark, in a process of its own: `python -m benchmarks.serve module:function DATA`."""

import importlib
import sys
from pathlib import Path

from webinar.server import listen, serve


def main(factory: str, data: str) -> None:
    """Serves `function(data, url)` on a free port, and prints the port once it answers."""
    module, _, function = factory.partition(":")
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    app = getattr(importlib.import_module(module), function)(Path(data), f"http://127.0.0.1:{port}")
    serve(app, listener, lambda: print(port, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
