#!/bin/sh
# Rebuilds webinar/static/vendor from the locked npm packages. Needs Node 20 or newer.
set -eu
cd "$(dirname "$0")"
npm ci --silent --ignore-scripts --no-audit --no-fund
mkdir -p ../webinar/static/vendor
node build.mjs
