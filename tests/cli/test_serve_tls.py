"""`harmonia serve --tls-cert --tls-key` speaks https itself, and nothing else."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.serving import Site, harmonia

Tls = tuple[Path, Path, ssl.SSLContext]


@pytest.fixture
def tls(tmp_path: Path) -> Tls:
    """A certificate for 127.0.0.1 signed by its own key, and a context that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "site.crt", tmp_path / "site.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return *paths, ssl.create_default_context(cafile=paths[0])


def test_a_site_with_a_certificate_serves_its_pages_by_https_alone(tmp_path: Path, tls: Tls) -> None:
    home = tmp_path / "home"
    made = harmonia("init", home)
    assert made.returncode == 0, made.stderr
    site = Site(home, worker=False, tls=tls)
    try:
        site.wait()
        trusted = httpx.get(f"{site.address}/health/", verify=tls[2])
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{site.address}/health/")
        with pytest.raises(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{site.port}/health/")
    finally:
        site.stop()

    assert trusted.status_code == 200
