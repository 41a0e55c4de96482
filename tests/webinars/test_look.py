"""What goes into style sheets and headers: only exact colours and exact origins."""

import pytest

from webinar.errors import Invalid
from webinar.webinars.look import normalise_origin, read_colour, read_origins


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.ORG:443/", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(typed: str, origin: str):
    assert normalise_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "example.org",
        "http://example.org",
        "https://example.org/page",
        "https://example.org?x",
        "https://user@example.org",
        "https://*.example.org",
        "https://example.org;script-src",
        "https://example.org,https://b.example",
        "https://-a.example",
        "https://a..example",
        "https://[::1]",
        "https://example.org:99999",
        "javascript:alert(1)",
        "null",
        "*",
        "'self'",
        "https://" + "a" * 300 + ".example",
    ],
)
def test_what_is_no_plain_origin_is_refused(typed: str):
    with pytest.raises(ValueError, match=r"."):
        normalise_origin(typed)


def test_origins_are_read_line_by_line_and_kept_once():
    assert read_origins("https://a.example\n\n https://b.example \nhttps://A.example/") == [
        "https://a.example",
        "https://b.example",
    ]
    with pytest.raises(Invalid) as refused:
        read_origins("https://a.example\nb.example")
    assert "b.example" in refused.value.fields["embed_origins"]
    with pytest.raises(Invalid):
        read_origins("\n".join(f"https://a{number}.example" for number in range(21)))


def test_a_colour_is_six_digits_and_nothing_else():
    assert read_colour(" #1A5FB4 ") == "#1a5fb4"
    assert read_colour("") == ""
    for bad in ("red", "#fff", "#1a5fb4;}", "url(x)", "#１a5fb4"):
        with pytest.raises(Invalid):
            read_colour(bad)
