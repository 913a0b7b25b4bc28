#!/bin/sh
# psycopg-binary 3.3.9 on Linux: sslrootcert=system trusts no certificate at all, whatever the system trusts.
#
# Guess: `sslmode=verify-full sslrootcert=system` accepts a server whose certificate the system's authorities signed, as psql does.
# Seen: the wheel brings an OpenSSL of its own that was built to look for certificates in /usr/lib/psycopg-openssl, which no system
#       has. Nothing says so: each server's certificate is just refused ("certificate verify failed"), until SSL_CERT_FILE or
#       SSL_CERT_DIR names the place. Python's own ssl knows it, on the same machine.
# dimchat hands the file that Python's ssl finds to libpq, as sslrootcert.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check psycopg==3.3.9 psycopg-binary==3.3.9 cryptography==50.0.2 2>/dev/null
cat > "$folder/look.py" <<'P'
import ctypes, datetime, os, pathlib, socket, ssl, sys, threading
import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
folder = pathlib.Path(sys.argv[1])
libraries = pathlib.Path(psycopg.__file__).parents[1] / "psycopg_binary.libs"
crypto = ctypes.CDLL(str(next(libraries.glob("libcrypto-*"))))
for name in ("X509_get_default_cert_file", "X509_get_default_cert_dir"):
    found = getattr(crypto, name); found.restype = ctypes.c_char_p
    print(f"{name}: {found().decode()}, there: {os.path.exists(found().decode())}")
print("Python's ssl knows a place:", ssl.get_default_verify_paths().cafile is not None or ssl.get_default_verify_paths().capath is not None)
key = ec.generate_private_key(ec.SECP256R1()); name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
now = datetime.datetime.now(datetime.timezone.utc); day = datetime.timedelta(1)
made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    .not_valid_before(now - day).not_valid_after(now + day)
    .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False).sign(key, hashes.SHA256()))
pem = folder / "server.pem"
pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(pem)
def serve(listener):
    while True:
        one, _ = listener.accept()
        try:
            one.recv(8); one.sendall(b"S")  # as PostgreSQL answers who asks for TLS
            with context.wrap_socket(one, server_side=True) as inside:
                inside.recv(4096)
        except OSError:
            pass
listener = socket.create_server(("127.0.0.1", 0)); threading.Thread(target=serve, args=[listener], daemon=True).start()
def connect():
    try:
        psycopg.connect(f"host=localhost hostaddr=127.0.0.1 port={listener.getsockname()[1]} dbname=x user=x sslmode=verify-full sslrootcert=system gssencmode=disable")
    except psycopg.OperationalError as error:
        return "refused by its certificate" if "certificate verify failed" in str(error) else "its certificate was accepted"
print("sslrootcert=system:                   ", connect())
os.environ["SSL_CERT_FILE"] = str(pem)
print("sslrootcert=system with SSL_CERT_FILE:", connect())
P
out=$(env -u SSL_CERT_FILE -u SSL_CERT_DIR "$folder/venv/bin/python" "$folder/look.py" "$folder")
printf '%s\n' "$out"
printf '%s' "$out" | grep -q "cert_file: .*psycopg-openssl.*there: False" || exit 1
printf '%s' "$out" | grep -q "Python's ssl knows a place: True" || exit 1
printf '%s' "$out" | grep -q "system:  *refused by its certificate" || exit 1
printf '%s' "$out" | grep -q "SSL_CERT_FILE: its certificate was accepted" || exit 1
echo "as found"
