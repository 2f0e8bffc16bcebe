"""Makes the certificates of the tests: `python make_certificates.py`, with `cryptography` at hand.

Each is signed by itself and lies beside its key in one file. Their dates need no clock: valid
until 9999 (RFC 5280, 4.1.2.5: no end), or over since 2001. The keys guard nothing.
"""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = Path(__file__).parent
FOR_EVER = datetime(9999, 12, 31, 23, 59, 59)
LOCAL = ["127.0.0.1", "localhost", "news.example", "xn--mnchen-3ya.example"]


def make(name: str, hosts: list[str], until: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Broadsheet's tests: {name}")])
    names = [x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host) for host in hosts]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (HERE / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)


if __name__ == "__main__":
    make("valid", LOCAL, FOR_EVER)
    make("expired", LOCAL, datetime(2001, 1, 1))
    make("other", ["other.example"], FOR_EVER)
