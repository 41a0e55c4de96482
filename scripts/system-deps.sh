#!/bin/sh
# Install on Debian what the whole suite uses beyond Python. It asks for root, and never takes it by itself.
set -eu
packages="caddy chromium ffmpeg fonts-noto-core fonts-noto-color-emoji gcc git iproute2 libc6-dev make nginx openssl postgresql prometheus python3-venv redis-server"

if ! command -v apt-get >/dev/null; then
    echo "This machine has no apt-get. Install with its own package manager: $packages" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Installing system packages needs root. Run: sudo make system-deps" >&2
    exit 1
fi
# Only the programs are wanted: the tests start their own servers, so Debian's services stay off while this runs.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
fi
# shellcheck disable=SC2086 # one word per package
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
