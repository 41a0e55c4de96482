"""`webinar serve` whose rooms never rest, however large: what the rest changes is measured beside this."""

import sys

from webinar.__main__ import main
from webinar.realtime.fanout import stream

stream.LARGE = sys.maxsize
main()
