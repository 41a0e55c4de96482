"""Text as it is seen: without the characters that show nothing, or that make a line read as another one."""

import re

# Embeddings, overrides and isolates ("Trojan Source"); the plain marks U+200E and U+200F stay, right-to-left writing
# needs them.
_DIRECTION = "\u202a-\u202e\u2066-\u2069"
# Characters that show nothing and join nothing. The joiners U+200C and U+200D stay: Persian and emoji need them.
_INVISIBLE = "\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
_HIDDEN = re.compile(f"[{_DIRECTION}{_INVISIBLE}]")


def without_hidden(text: str) -> str:
    """`text` without direction overrides and invisible characters, so that nobody can pass for somebody else."""
    return _HIDDEN.sub("", text)
