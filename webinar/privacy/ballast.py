"""Room on the disk that is kept for erasing (R9): deleting needs some, also when everything else has filled the disk."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1024 * 1024
SIZE = 16 * MEGABYTE
# Below this much free space the ballast goes; above several times its size it comes back.
SCARCE = 8 * MEGABYTE
PLENTY = 4 * SIZE


class Ballast:
    """A file of nothing in the data folder. Its size is in bytes."""

    def __init__(self, folder: Path, size: int = SIZE) -> None:
        self._folder, self._path, self._size = folder, folder / "ballast", size

    def keep(self) -> None:
        """Takes the room while there is plenty of it; a disk that refuses is left as it is."""
        if self._path.exists() or self._free() < PLENTY:
            return
        with suppress(OSError), self._path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, self._size)

    def give_when_scarce(self) -> bool:
        """Gives the room to whoever writes next if there is hardly any other; True when it did."""
        if not self._path.exists() or self._free() >= SCARCE:
            return False
        self._path.unlink(missing_ok=True)
        return True

    def _free(self) -> int:
        with suppress(OSError):
            return shutil.disk_usage(self._folder).free
        return 0
