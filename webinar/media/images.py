"""Uploaded images are drawn anew: what is kept has the pixels and nothing else of the file (S15)."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from webinar.errors import Invalid

MOST_BYTES = 5 * 1024**2
MOST_PIXELS = 25_000_000
# The largest a logo is shown, on a screen with three pixels to the point.
LARGEST = (1200, 480)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
CONTENT_TYPE = "image/png"
FIELD = "logo"


def draw_logo(upload: bytes) -> bytes:
    """The image in `upload` as a PNG of at most `LARGEST` pixels, without metadata; raises Invalid. Blocking."""
    if len(upload) > MOST_BYTES:
        raise Invalid({FIELD: f"The file is larger than {MOST_BYTES // 1024**2} MB."})
    try:
        with warnings.catch_warnings():
            # The library's own guard against bombs only warns at first; the limit below is lower anyway.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(upload), formats=FORMATS) as image:
                return _drawn(image)
    except UnidentifiedImageError:
        raise Invalid({FIELD: "This is no PNG, JPEG, WebP or GIF image."}) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise Invalid({FIELD: "This image is damaged."}) from None


def _drawn(image: Image.Image) -> bytes:
    # The header says so before a single pixel is unpacked.
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail(LARGEST)
    # A fresh canvas: text, profiles and positions of the original stay behind.
    canvas = Image.new("RGBA", upright.size)
    canvas.paste(upright)
    written = io.BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return written.getvalue()


def _too_many_pixels() -> Invalid:
    return Invalid({FIELD: f"The image has more than {MOST_PIXELS // 1_000_000} million pixels."})
