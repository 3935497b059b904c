# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where secrets are sent to, and where not."""

import ssl
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from transport.errors import ConnectionFailed, InsecureAddress, VendorError
from transport.http import HttpClient


@pytest.fixture
def secure_vendor(vendor, tmp_path):
    """The vendor behind TLS; returns its address and its certificate's path."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vendor")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "vendor.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    vendor.server.socket = context.wrap_socket(vendor.server.socket, server_side=True)
    return vendor.url.replace("http:", "https:"), str(path)


@pytest.mark.parametrize(
    "url",
    [
        "https://tripletex.no/v2",
        "https://localhost/v2",
        "http://localhost:8080/v2",
        "http://127.0.0.1:8080/v2",
        "http://127.9.9.9/v2",
        "http://[::1]:8080/v2",
    ],
)
def test_https_or_this_machine_is_a_safe_address(url):
    assert HttpClient(url).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://tripletex.no/v2",
        "http://10.0.0.4/v2",
        "http://localhost.example.org/v2",
        "http://127.0.0.1.example.org/v2",
        "http://0.0.0.0/v2",
        "ftp://tripletex.no/v2",
        "file:///etc/passwd",
        "tripletex.no/v2",
        "https://",
        "https://user:password@tripletex.no/v2",
        "https://tripletex.no/v2?token=1",
        "",
    ],
)
def test_any_other_address_is_refused_before_anything_is_sent(url):
    with pytest.raises(InsecureAddress) as caught:
        HttpClient(url)
    assert caught.value.code == "address"
    assert "password" not in str(caught.value)


def test_a_closed_network_may_be_allowed_to_be_plain():
    url = "http://sandbox:8080/v2"
    assert HttpClient(url, allow_plain=True).base_url == url


def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(
    vendor, secure_vendor, open_client
):
    url, _certificate = secure_vendor
    with pytest.raises(ConnectionFailed, match="certificate") as caught:
        open_client(url).request("POST", "/x")
    assert not caught.value.sent
    assert not vendor.seen


def test_a_certificate_of_ones_own_can_be_given(secure_vendor, open_client):
    url, certificate = secure_vendor
    assert open_client(url, verify=certificate).request("GET", "/x").status == 200


def test_certificates_of_the_environment_are_used(
    secure_vendor, open_client, monkeypatch
):
    url, certificate = secure_vendor
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certificate)
    assert open_client(url).request("GET", "/x").status == 200


def test_slow_bytes_through_tls_hold_nobody_either(vendor, secure_vendor, open_client):
    url, certificate = secure_vendor
    vendor.answers(vendor.drip(b"HTTP/1.1 200 OK\r\n\r\n"))
    client = open_client(url, verify=certificate, total_timeout=0.5)
    with pytest.raises(Exception, match="no answer in time"):
        client.request("GET", "/x")


def test_a_redirect_is_not_followed(vendor, open_client):
    elsewhere = {"Location": f"{vendor.url}/elsewhere"}
    vendor.answers(vendor.reply({}, status=302, headers=elsewhere))
    with pytest.raises(VendorError) as caught:
        open_client().request("GET", "/x", auth=("0", "session-token"))
    assert (caught.value.code, caught.value.status) == ("redirect", 302)
    assert [call.path for call in vendor.seen] == ["/v2/x"]


def test_cookies_are_not_sent_back(vendor, open_client):
    cookie = {"Set-Cookie": "session=1; Path=/"}
    vendor.answers(vendor.reply({}, headers=cookie))
    client = open_client()
    client.request("GET", "/x")
    client.request("GET", "/x")
    assert "Cookie" not in vendor.seen[1].headers


def test_a_netrc_of_the_servers_user_is_not_used(
    vendor, open_client, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    client = open_client()
    client.request("GET", "/x")
    client.request("GET", "/x", headers={"Authorization": "Bearer ours"})
    assert "Authorization" not in vendor.seen[0].headers
    assert vendor.seen[1].headers["Authorization"] == "Bearer ours"


def test_this_machine_is_reached_without_the_environments_proxy(
    vendor, open_client, monkeypatch
):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert open_client().request("GET", "/x").status == 200


def test_other_machines_are_reached_through_the_environments_proxy(
    vendor, open_client, monkeypatch
):
    monkeypatch.setenv("http_proxy", vendor.url.removesuffix("/v2"))
    client = open_client("http://vendor.invalid/v2", allow_plain=True)
    client.request("GET", "/x")
    assert vendor.seen[0].target == "http://vendor.invalid/v2/x"


def test_a_proxy_that_is_down_means_that_nothing_was_sent(open_client, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(ConnectionFailed) as caught:
        open_client("https://vendor.invalid/v2").request("POST", "/x")
    assert not caught.value.sent
