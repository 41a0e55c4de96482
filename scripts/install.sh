#!/bin/sh
# Make .venv where it is missing and install what the given lock file names, hashes verified, and this checkout itself.
set -eu
cd "$(dirname "$0")/.."
lock=$1
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 UV_SYSTEM_CERTS=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Version managers leave commands behind that exist and fail, so each candidate is run.
find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        echo "$candidate"
        return
    done
    echo "webinar needs Python 3.11 or newer; none was found. On Debian: apt-get install python3 python3-venv" >&2
    exit 1
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

# uv is quick, but doesn't read pip's configuration (a company's own index, say), so pip has the last word.
install() {
    echo "Installing $lock"
    if .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" 2>.venv/uv.log; then
        return
    fi
    echo "uv could not do it (.venv/uv.log says why), so pip does, a little slower"
    .venv/bin/python -m pip install --quiet --require-hashes -r "$lock"
}

if ! .venv/bin/uv --version >/dev/null 2>&1; then
    awk '/^[a-z0-9]/ { wanted = /^uv==/ } wanted' requirements-dev.lock >.venv/uv.lock
    .venv/bin/python -m pip install --quiet --require-hashes -r .venv/uv.lock || true
fi
install
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
