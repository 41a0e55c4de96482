#!/bin/sh
# The locks carry versions and hashes, never the address of a registry.
set -eu
cd "$(dirname "$0")/.."
if grep -nE '://|--(extra-)?index-url|--find-links' requirements.lock requirements-dev.lock; then
    echo "A lock file names an address; run make lock" >&2
    exit 1
fi
