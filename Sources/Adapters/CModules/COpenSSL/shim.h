#pragma once
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

// Stacks are macros, which Swift does not import.
static inline int copenssl_chain_count(const SSL *s) {
  STACK_OF(X509) *chain = SSL_get_peer_cert_chain(s);
  return chain ? sk_X509_num(chain) : 0;
}
static inline X509 *copenssl_chain_certificate(const SSL *s, int i) {
  return sk_X509_value(SSL_get_peer_cert_chain(s), i);
}
// On one line, in the order of the certificate, without blanks around the signs, in UTF-8.
static inline void copenssl_print_name(BIO *out, const X509_NAME *name) {
  X509_NAME_print_ex(out, name, 0, (XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ) & ~ASN1_STRFLGS_ESC_MSB);
}
