"""Whom we trust for https: whom the operating system trusts."""

from __future__ import annotations

import os
import ssl
import sys

# Where the distributions keep the system's certificates, for a Python built elsewhere.
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def make_context() -> ssl.SSLContext:
    """One context for all connections.

    On macOS and Windows the system's own verification (truststore). Elsewhere the trust store is
    a file that OpenSSL reads: truststore would read it again for every connection (35 ms each),
    so it is read once here.
    """
    if sys.platform in ("win32", "darwin"):
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.create_default_context()
    if context.cert_store_stats()["x509_ca"] == 0 and not os.environ.get("SSL_CERT_DIR"):
        for bundle in BUNDLES:
            if os.path.isfile(bundle):
                context.load_verify_locations(cafile=bundle)
                break
    return context
