#pragma once
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
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
struct copenssl_passphrase { const unsigned char *bytes; int length; };
// Without one OpenSSL would ask the terminal.
static inline int copenssl_give(char *buffer, int size, int writing, void *given) {
  const struct copenssl_passphrase *passphrase = (const struct copenssl_passphrase *)given;
  (void)writing;
  if (!passphrase->bytes || passphrase->length > size) return -1;
  for (int i = 0; i < passphrase->length; i++) buffer[i] = (char)passphrase->bytes[i];
  return passphrase->length;
}
// A private key in PEM; NULL for what is none, and for one that another passphrase opens.
static inline EVP_PKEY *copenssl_read_key(const unsigned char *pem, int size, const unsigned char *passphrase, int length) {
  struct copenssl_passphrase given = { passphrase, length };
  BIO *in = BIO_new_mem_buf(pem, size);
  EVP_PKEY *key = PEM_read_bio_PrivateKey(in, NULL, copenssl_give, &given);
  BIO_free(in);
  return key;
}
// As PKCS#8 in PEM, encrypted where there is a passphrase.
static inline int copenssl_write_key(BIO *out, const EVP_PKEY *key, const unsigned char *passphrase, int length) {
  return PEM_write_bio_PKCS8PrivateKey(
      out, key, passphrase ? EVP_aes_256_cbc() : NULL, (const char *)passphrase, passphrase ? length : 0, NULL, NULL);
}
// On one line, in the order of the certificate, without blanks around the signs, in UTF-8.
static inline void copenssl_print_name(BIO *out, const X509_NAME *name) {
  X509_NAME_print_ex(out, name, 0, (XN_FLAG_ONELINE & ~XN_FLAG_SPC_EQ) & ~ASN1_STRFLGS_ESC_MSB);
}
