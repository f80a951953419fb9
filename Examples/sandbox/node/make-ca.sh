#!/usr/bin/env bash
# Makes a certificate authority of the sandbox's own and a certificate of the node for 127.0.0.1 and localhost.
# usage: make-ca.sh FOLDER        leaves FOLDER/{ca.pem,node.pem,node.key}; the authority's key is not kept
set -euo pipefail
umask 077
folder=${1:?usage: make-ca.sh FOLDER}
mkdir -p "$folder"
work=$(mktemp -d "$folder/.ca.XXXXXX")
trap 'rm -rf "$work"' EXIT

cat >"$work/ca.cnf" <<'END'
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = Waybill sandbox authority
[extensions]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
END
cat >"$work/node.cnf" <<'END'
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = IP:127.0.0.1, DNS:localhost
END

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>>"$work/log"; }
{
  key "$work/ca.key"
  openssl req -x509 -new -key "$work/ca.key" -sha256 -days 3650 -config "$work/ca.cnf" -out "$work/ca.pem"
  key "$work/node.key"
  openssl req -new -key "$work/node.key" -subj /CN=pve.sandbox -out "$work/node.csr"
  openssl x509 -req -in "$work/node.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" \
    -set_serial "0x$(openssl rand -hex 16)" -sha256 -days 825 -extfile "$work/node.cnf" -out "$work/node.pem"
  openssl verify -x509_strict -CAfile "$work/ca.pem" "$work/node.pem"
} >>"$work/log" 2>&1 || {
  cat "$work/log" >&2
  exit 1
}
mv "$work/node.key" "$work/node.pem" "$folder/"
# The authority comes last: who sees it sees a complete set.
mv "$work/ca.pem" "$folder/"
