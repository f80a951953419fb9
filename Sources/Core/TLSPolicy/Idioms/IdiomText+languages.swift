extension IdiomText {
  /// Languages that are compiled to machine code.
  static let systems = #"""
    # https://pkg.go.dev/crypto/tls#Config
    [go-insecure-skip-verify] Go's InsecureSkipVerify => put the CA into tls.Config.RootCAs
    match InsecureSkipVerify["`]?\s*(?::=|=(?!=)|:)\s*(?!false(?!\w))
    yes &tls.Config{InsecureSkipVerify: true}
    yes cfg.InsecureSkipVerify = *insecure
    yes 	InsecureSkipVerify:true, // for now
    no &tls.Config{InsecureSkipVerify: false}
    no if cfg.InsecureSkipVerify == true {

    # https://curl.se/libcurl/c/CURLOPT_SSL_VERIFYPEER.html
    [curl-verifypeer] libcurl's VERIFYPEER switched off => set CURLOPT_CAINFO
    match (?i)SSL_VERIFYPEER\#(gives)(?:\(\s*long\s*\)\s*)?(?:false|0)L?(?![\w.])
    yes curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);
    yes curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false);
    yes CURLOPT_SSL_VERIFYPEER => 0,
    no curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);

    # https://curl.se/libcurl/c/CURLOPT_SSL_VERIFYHOST.html
    [curl-verifyhost] libcurl's VERIFYHOST switched off => set CURLOPT_CAINFO, and use a certificate with the right name
    match (?i)SSL_VERIFYHOST\#(gives)(?:\(\s*long\s*\)\s*)?(?:false|0)L?(?![\w.])
    yes curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 0);
    yes CURLOPT_SSL_VERIFYHOST => false,
    no curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);

    # https://docs.openssl.org/3.0/man3/SSL_CTX_set_verify/
    [openssl-verify-none] OpenSSL's VERIFY_NONE => use VERIFY_PEER, and load the CA
    match SSL_VERIFY_NONE(?!\w)
    match VERIFY_NONE(?!\w)
    match SslVerifyMode::NONE(?!\w)
    yes SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
    yes http.verify_mode = OpenSSL::SSL::VERIFY_NONE
    yes builder.set_verify(SslVerifyMode::NONE);
    yes ctx.set_verify(SSL.VERIFY_NONE, cb)
    yes mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE);
    no SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);

    # https://doc.qt.io/qt-6/qsslsocket.html#PeerVerifyMode-enum
    [qt-verify-none] Qt without certificate checks => add the CA with QSslConfiguration::addCaCertificates
    match QSslSocket::VerifyNone(?!\w)
    match (?:\.|->)ignoreSslErrors\s*\(
    yes conf.setPeerVerifyMode(QSslSocket::VerifyNone);
    yes reply->ignoreSslErrors();
    no conf.setPeerVerifyMode(QSslSocket::VerifyPeer);

    # https://www.boost.org/doc/libs/1_86_0/doc/html/boost_asio/reference/ssl__verify_none.html
    [asio-verify-none] Asio's verify_none => use ssl::verify_peer and load_verify_file
    match ssl::verify_none(?!\w)
    yes ctx.set_verify_mode(asio::ssl::verify_none);
    no ctx.set_verify_mode(asio::ssl::verify_peer);

    # https://docs.rs/reqwest/latest/reqwest/struct.ClientBuilder.html
    [rust-accept-invalid] Rust's danger_accept_invalid_… => add the CA with add_root_certificate
    match danger_accept_invalid_(?:certs|hostnames)\s*\(\s*(?!false(?!\w)|\))
    match \.tls_danger_accept_invalid_(?:certs|hostnames)\s*\(\s*(?!false(?!\w)|\))
    match (?<![\w])disable_verification\s*\(\s*true
    yes ureq::tls::TlsConfig::builder().disable_verification(true)
    no TlsConfig::builder().disable_verification(false)
    yes Client::builder().danger_accept_invalid_certs(true)
    yes .danger_accept_invalid_hostnames(config.insecure)
    no .danger_accept_invalid_certs(false)

    # https://docs.rs/rustls/latest/rustls/client/danger/
    [rustls-own-verifier] a certificate verifier of one's own in rustls => put the CA into a RootCertStore
    match \.with_custom_certificate_verifier\s*\(
    match ServerCertVerified::assertion\s*\(
    match \.set_certificate_verifier\s*\(
    yes ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(NoCheck))
    yes Ok(ServerCertVerified::assertion())
    no ClientConfig::builder().with_root_certificates(roots)

    # https://developer.apple.com/documentation/foundation/urlcredential/init(trust:)
    [apple-trust-any] any certificate trusted on Apple's platforms => set the CA with SecTrustSetAnchorCertificates
    match URLCredential\s*\(\s*trust:\s*challenge\.protectionSpace\.serverTrust!
    match (?i)setAllowsAnyHTTPSCertificate:\s*YES
    match (?i)allowInvalidCertificates\s*=\s*(?:YES|true)(?!\w)
    match NSAllowsArbitraryLoads</key>\s*\r?\n?\s*<true/>
    match set_verify_block\s*\([^;{]{0,120}\{(?:(?!\sin\s)[^;{}]){0,120}\sin\s+\w+\(\s*true\s*\)
    yes sec_protocol_options_set_verify_block(options, { _, _, done in done(true) }, queue)
    no sec_protocol_options_set_verify_block(options, { _, trust, done in done(isOurs(trust)) }, queue)
    yes done(.useCredential, URLCredential(trust: challenge.protectionSpace.serverTrust!))
    yes [NSURLRequest setAllowsAnyHTTPSCertificate:YES forHost:host];
    yes <key>NSAllowsArbitraryLoads</key> <true/>
    no <key>NSAllowsArbitraryLoads</key> <false/>

    # https://github.com/apple/swift-nio-ssl
    [swift-nio-no-verification] SwiftNIO without certificate checks => set trustRoots to the CA
    match certificateVerification\s*[:=]\s*(?:CertificateVerification)?\.(?:none|noHostnameVerification)(?!\w)
    yes configuration.certificateVerification = .none
    yes TLSConfiguration.makeClientConfiguration(certificateVerification: .noHostnameVerification)
    no configuration.certificateVerification = .fullVerification
    """#

  /// Languages with a virtual machine.
  static let managed = #"""
    # https://docs.oracle.com/en/java/javase/21/docs/api/java.base/javax/net/ssl/X509TrustManager.html
    [java-empty-trust-manager] a trust manager that checks nothing => load the CA into a KeyStore for a TrustManagerFactory
    match checkServerTrusted\s*\([^)]{0,300}\)[\s\r\n]*(?:throws[\s\r\n]*[\w.]+[\s\r\n]*)?(?::[\s\r\n]*Unit[\s\r\n]*)?(?:=[\s\r\n]*Unit|=?[\s\r\n]*\{[\s\r\n]*(?:(?://[^\r\n]{0,200}|/\*(?:(?!\*/).){0,200}\*/)[\s\r\n]*){0,9}(?:return;?[\s\r\n]*)?\})
    match (?<![\w])InsecureTrustManagerFactory
    match TrustAllStrategy(?!\w)
    yes public void checkServerTrusted(X509Certificate[] c, String a) {}
    yes override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) = Unit
    yes public void checkServerTrusted(X509Certificate[] c, String a) throws CertificateException { }
    yes void checkServerTrusted(X509Certificate[] c, String a) { /* any */ }
    yes void checkServerTrusted(X509Certificate[] c, String a) { /* any */ return; }
    no void checkServerTrusted(X509Certificate[] c, String a) { /* ours */ own.checkServerTrusted(c, a); }
    yes builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
    yes loadTrustMaterial(null, TrustAllStrategy.INSTANCE)
    no tm.checkServerTrusted(chain, authType);

    # https://docs.oracle.com/en/java/javase/21/docs/api/java.base/javax/net/ssl/HostnameVerifier.html
    [java-any-hostname] any host name accepted => use a certificate with the right name
    match (?:set(?:Default)?HostnameVerifier|hostnameVerifier)[\s\r\n]*[({][\s\r\n]*(?:HostnameVerifier[\s\r\n]*\{[\s\r\n]*)?\(?[\w\s,]{1,40}\)?[\s\r\n]*->[\s\r\n]*true(?!\w)
    match NoopHostnameVerifier(?!\w)
    match (?i)ALLOW_?ALL_?HOSTNAME_?VERIFIER(?!\w)
    match boolean\s+verify\s*\((?:(?!SSLSession)[^)]){0,200}SSLSession[^)]{0,80}\)[\s\r\n]*\{[\s\r\n]*return[\s\r\n]+true(?!\w)
    match (?<![\w])HostnameVerifier[\s\r\n]*\{[\s\r\n]*[\w\s,]{1,40}->[\s\r\n]*true(?!\w)
    yes val any = HostnameVerifier { _, _ -> true }
    no val own = HostnameVerifier { host, _ -> host == name }
    yes conn.setHostnameVerifier((h, s) -> true);
    yes .hostnameVerifier { _, _ -> true }
    yes setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE)
    yes public boolean verify(String host, SSLSession session) { return true; }
    no conn.setHostnameVerifier(new DefaultHostnameVerifier());

    # https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/module-summary.html
    [java-hostname-property] host names unchecked by a property of Java's => use a certificate with the right name
    match jdk\.internal\.httpclient\.disableHostnameVerification(?!["']?\s*[=,:]\s*["']?false)
    match com\.sun\.jndi\.ldap\.object\.disableEndpointIdentification(?!["']?\s*[=,:]\s*["']?false)
    yes java -Djdk.internal.httpclient.disableHostnameVerification -jar a.jar
    yes System.setProperty("com.sun.jndi.ldap.object.disableEndpointIdentification", "true");
    no -Djdk.internal.httpclient.disableHostnameVerification=false

    # https://maven.apache.org/resolver/configuration.html
    [maven-ssl-insecure] Maven without certificate checks => name the trust store with -Djavax.net.ssl.trustStore
    match maven\.wagon\.http\.ssl\.(?:insecure|allowall)["']?\s*[=,:>]\s*["']?true
    match aether\.connector\.https\.securityMode["']?\s*[=,:>]\s*["']?insecure
    yes mvn -Dmaven.wagon.http.ssl.insecure=true verify
    yes <maven.wagon.http.ssl.allowall>true</maven.wagon.http.ssl.allowall>
    yes mvn -Daether.connector.https.securityMode=insecure verify
    no mvn -Dmaven.wagon.http.ssl.insecure=false verify

    # https://vertx.io/docs/apidocs/io/vertx/core/net/ClientOptionsBase.html
    [java-trust-all] every certificate trusted => name the trust store with the CA
    match (?i)setTrustAll\s*\(\s*true
    match (?i)(?:trustAllCerts|trustAllCertificates|acceptAllCertificates|acceptAnyCertificate)\#(gives)\#(on)
    match (?i)relaxedHTTPSValidation\s*\(
    yes new WebClientOptions().setTrustAll(true)
    yes play.ws.ssl.loose.acceptAnyCertificate=true
    yes RestAssured.useRelaxedHTTPSValidation();
    no new WebClientOptions().setTrustAll(false)

    # https://kafka.apache.org/documentation/#brokerconfigs_ssl.endpoint.identification.algorithm
    [kafka-endpoint-identification] host names unchecked by Kafka => use certificates with the right names
    match ssl\.endpoint\.identification\.algorithm["']?\s*[=,:]\s*(?:["']{2}|[\r\n])
    match ssl\.endpoint\.identification\.algorithm["']?\s*[=,:]\s*none
    yes props.put("ssl.endpoint.identification.algorithm", "");
    yes ssl.endpoint.identification.algorithm=none
    no ssl.endpoint.identification.algorithm=https

    # https://learn.microsoft.com/dotnet/api/system.net.http.httpclienthandler.servercertificatecustomvalidationcallback
    [dotnet-callback-true] a .NET callback that accepts every certificate => build the chain with X509Chain and CustomTrustStore
    match (?:Server|Remote)Certificate(?:Custom)?ValidationCallback\s*(?:\+?=|,|\()[\s\r\n]*(?:(?!=>|\{|return)[^;]){0,200}(?:=>[\s\r\n]*)?\{?[\s\r\n]*(?:return[\s\r\n]+)?\$?true(?!\w)
    match DangerousAcceptAnyServerCertificateValidator
    yes ServicePointManager.ServerCertificateValidationCallback += (s, c, ch, e) => true;
    yes handler.ServerCertificateCustomValidationCallback = (m, c, ch, e) => { return true; };
    yes HttpClientHandler.DangerousAcceptAnyServerCertificateValidator
    yes [System.Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
    no handler.ServerCertificateCustomValidationCallback = Validate;

    # https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnectionstringbuilder.trustservercertificate
    [sql-trust-server-certificate] SQL Server's certificate unchecked => import the CA, and leave TrustServerCertificate out
    match (?i)Trust\s?Server\s?Certificate\s*=\s*(?:true|yes)
    yes "Server=db;TrustServerCertificate=true"
    yes "Server=db;Trust Server Certificate=True"
    no "Server=db;TrustServerCertificate=false"

    # https://api.dart.dev/dart-io/HttpClient/badCertificateCallback.html
    [dart-bad-certificate] a Dart callback that accepts every certificate => add the CA with SecurityContext.setTrustedCertificates
    match (?i)badCertificate(?:Callback)?\s*[=:]\s*\([^)]{0,120}\)[\s\r\n]*(?:=>[\s\r\n]*true(?!\w)|\{[\s\r\n]*return[\s\r\n]+true(?!\w))
    yes client.badCertificateCallback = (cert, host, port) => true;
    yes onBadCertificate: (_) => true,
    no client.badCertificateCallback = null;

    # https://www.erlang.org/doc/apps/ssl/ssl.html
    [erlang-verify-none] Erlang's and Elixir's verify_none => use verify_peer with cacertfile
    match verify\s*[,:=]\s*:?verify_none(?!\w)
    match hackney:\s*\[(?:[^\]]{0,200}[\s,])?:?insecure(?!:\s*false|\w)
    yes amqps://host?verify=verify_none
    yes HTTPoison.get(url, [], hackney: [:insecure])
    yes hackney: [pool: :default, insecure: true]
    no hackney: [insecure: false]
    yes {verify, verify_none}
    yes ssl: [verify: :verify_none]
    no {verify, verify_peer}
    """#
}
