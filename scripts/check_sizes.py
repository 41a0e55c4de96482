"""Hold files to 300 lines and functions to 40, so that each can be read in one go."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
ROOT = Path(__file__).parent.parent


def long_files() -> Iterator[str]:
    """Python and JavaScript files of the package, vendored libraries left out."""
    for path in sorted((ROOT / "webinar").rglob("*")):
        if path.suffix not in {".py", ".js"} or "vendor" in path.parts:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_FILE_LINES:
            yield f"{path.relative_to(ROOT)}: {lines} lines (at most {MAX_FILE_LINES})"


def long_functions() -> Iterator[str]:
    """Functions of the package and of the migrations' environment, decorators not counted."""
    for path in sorted((ROOT / "webinar").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield f"{where}: {node.name} has {lines} lines (at most {MAX_FUNCTION_LINES})"


def main() -> int:
    """Print what is too long; the exit code says whether anything is."""
    findings = [*long_files(), *long_functions()]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
