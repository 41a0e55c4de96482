"""A certificate for this machine, made by OpenSSL's own program."""

import subprocess
from pathlib import Path

import pytest

COMMAND = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The files of a key and of a certificate for `localhost`."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*COMMAND, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return key, certificate
