extension IdiomText {
  /// Servers, databases, and settings that many programs share.
  static let settings = #"""
    # https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tls_config
    [setting-insecure-skip-verify] insecure_skip_verify: true => name the CA with ca_file
    match (?i)insecure_?skip_?verify\#(gives)\#(on)
    match (?i)skip_?tls_?(?:certificate_)?(?:verify|validation|verification)\#(gives)\#(on)
    match (?i)skip_?cert_?verify\#(gives)\#(on)
    match (?i)tls_skip_verify(?:_insecure)?\#(gives)\#(on)
    yes tls_skip_verify_insecure = true
    no tls_skip_verify_insecure = false
    yes   insecure_skip_verify: true
    yes SKIP_TLS_VERIFY=1
    yes skip_tls_certificate_validation = true
    no   insecure_skip_verify: false

    [setting-disable-verification] certificate checks disabled => name the CA with the setting for it
    match (?i)disable_?(?:tls|ssl|cert|certificate)_?(?:verification|verify|validation|check)\#(gives)\#(on)
    match (?i)(?:ignore_ssl_errors|ignoreCertificateErrors|acceptInvalidCerts|accept_invalid_certs|trust_all_certificates)\#(gives)\#(on)
    yes disable_tls_verification: true
    yes ignoreCertificateErrors = true
    no disable_tls_verification: false

    [setting-verify-off] certificate checks set to off => name the CA with the setting for it
    match (?i)(?<![\w-])tls_verify\#(gives)\#(off)
    match (?i)(?:verify_tls|ssl_verification|sslVerification|verify_certificates?|verifyCertificate|verify_server_cert(?:ificate)?|certificate_verification)\#(gives)\#(off)
    match (?i)(?:ssl_|certificate_)?verification_mode\#(gives)none
    yes verify_certificate: false
    yes SSL_VERIFICATION=off
    yes ssl.verification_mode: none
    no verify_certificate: true
    no skip_tls_verify: false

    # https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify
    [proxy-ssl-verify] a proxy that does not check its servers => set proxy_ssl_trusted_certificate or SSLProxyCACertificateFile
    match (?:proxy|grpc|uwsgi)_ssl_verify\s+off
    match (?i)SSLProxyVerify\s+none
    match (?i)SSLProxyCheckPeer(?:Name|CN)\s+off
    match (?<![\w-])ssl\s+verify\s+none
    match ACCEPT_UNTRUSTED(?!\w)
    yes proxy_ssl_verify off;
    yes SSLProxyCheckPeerName off
    yes server s1 10.0.0.1:443 ssl verify none
    yes trust_chain_verification: ACCEPT_UNTRUSTED
    no proxy_ssl_verify on;

    # https://www.openldap.org/software/man.cgi?query=ldap.conf
    [ldap-reqcert-never] LDAP without certificate checks => set TLS_CACERT
    match (?i)TLS_REQCERT\s+(?:never|allow)
    match LDAPTLS_REQCERT\#(gives)(?:never|allow)
    match OPT_X_TLS_(?:NEVER|ALLOW)(?!\w)
    yes TLS_REQCERT never
    yes LDAPTLS_REQCERT=never ldapsearch
    yes ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)
    no TLS_REQCERT demand

    # https://dev.mysql.com/doc/refman/8.4/en/connection-options.html
    [mysql-verify-server] a MySQL client that does not check the server => use --ssl-ca=ca.pem
    match --(?:skip|disable)-ssl-verify-server-cert
    match --ssl-verify-server-cert\s*=\s*(?:0|false|off)
    match (?i)MYSQL_ATTR_SSL_VERIFY_SERVER_CERT\#(gives)(?:0|false)
    match verifyServerCertificate=false
    yes mysql --skip-ssl-verify-server-cert -h host
    yes jdbc:mysql://host/db?verifyServerCertificate=false
    no mysql --ssl-verify-server-cert -h host

    # https://www.mongodb.com/docs/manual/reference/program/mongod/#tls-options
    [mongodb-allow-invalid] MongoDB without certificate checks => use tlsCAFile
    match --(?:tls|ssl)AllowInvalid(?:Certificates|Hostnames)
    match (?:tls|ssl)AllowInvalid(?:Certificates|Hostnames)\#(gives)true
    match (?<![\w])tlsInsecure\#(gives)true
    match (?i)allowInvalid(?:Certificates|Hostnames)\#(gives)\#(on)
    yes mongosh --tlsAllowInvalidCertificates
    yes mongodb://host/?tlsInsecure=true
    yes     allowInvalidCertificates: true
    no mongodb://host/?tlsInsecure=false

    # https://cmake.org/cmake/help/latest/command/file.html
    [cmake-tls-verify] CMake's TLS_VERIFY OFF => set CMAKE_TLS_CAINFO
    match TLS_VERIFY(?::BOOL)?[\s=]+(?:OFF|0|FALSE|NO)(?!\w)
    yes file(DOWNLOAD ${url} ${file} TLS_VERIFY OFF)
    yes cmake -DCMAKE_TLS_VERIFY=OFF .
    no file(DOWNLOAD ${url} ${file} TLS_VERIFY ON)
    """#
}
