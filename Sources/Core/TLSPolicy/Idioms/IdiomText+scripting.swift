extension IdiomText {
  /// Languages that are run from their source.
  static let scripting = #"""
    # https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification
    [python-verify-false] Python's verify=False => name the CA with verify="ca.pem", or with REQUESTS_CA_BUNDLE
    match (?<![\w-])verify["']?\]?\s*(?:=(?!=)|:)\s*(?:bool\s*=\s*)?False(?!\w)
    match (?<![\w-])verify\s*=\s*ssl\.CERT_NONE
    yes requests.get(url, verify=False)
    yes session.verify = False
    yes kwargs["verify"] = False
    yes options = {"verify": False}
    no requests.get(url, verify="ca.pem")
    no if verify == False:

    # https://docs.python.org/3/library/ssl.html
    [python-unverified-context] a Python context without checks => use ssl.create_default_context(cafile="ca.pem")
    match _create_unverified_context
    match CERT_NONE(?!\w)
    match check_hostname\s*=\s*False
    match assert_hostname\s*=\s*False
    yes ssl._create_default_https_context = ssl._create_unverified_context
    yes ctx.verify_mode = ssl.CERT_NONE
    yes ctx.check_hostname = False
    no ctx.verify_mode = ssl.CERT_REQUIRED

    # https://urllib3.readthedocs.io/en/stable/advanced-usage.html#tls-warnings
    [python-disable-warnings] urllib3's warnings of unchecked certificates silenced => trust the CA with REQUESTS_CA_BUNDLE
    match disable_warnings\s*\([^)]{0,80}InsecureRequestWarning
    match urllib3\.disable_warnings\s*\(
    yes urllib3.disable_warnings(InsecureRequestWarning)
    yes requests.packages.urllib3.disable_warnings()
    no urllib3.PoolManager()

    # https://docs.aiohttp.org/en/stable/client_advanced.html#ssl-control-for-tcp-sockets
    [python-ssl-false] aiohttp's ssl=False => use ssl=ssl.create_default_context(cafile="ca.pem")
    match (?<![\w.-])ssl=False(?!\w)
    yes session.get(url, ssl=False)
    no session.get(url, ssl=context)

    [python-client-verify] a client's certificate checks switched off => name the CA with the client's own option
    match (?i)(?:verify_certs|verify_ssl|ssl_verify|validate_certs?|validate_ssl|ssl_assert_hostname|verify_ssl_certs|sslverify|verifySsl)\#(gives)\#(off)
    match ssl_verify\s+\#(off)
    match (?i)ssl_cert_reqs\#(gives)none(?!\w)
    match (?i)disable_ssl_certificate_validation\#(gives)\#(on)
    match tls_insecure_set\s*\(\s*(?!False)
    yes Elasticsearch(hosts, verify_certs=False)
    yes client.tls_insecure_set(True)
    yes httplib2.Http(disable_ssl_certificate_validation=True)
    yes   validate_certs: no
    yes ssl_verify: false
    yes conda config --set ssl_verify no
    yes Redis(ssl=True, ssl_cert_reqs=None)
    yes rediss://host?ssl_cert_reqs=none
    no conda config --set ssl_verify ca.pem
    no rediss://host?ssl_cert_reqs=required
    no Elasticsearch(hosts, verify_certs=True)
    no   validate_certs: yes

    # https://nodejs.org/api/tls.html#tlsconnectoptions-callback
    [node-reject-unauthorized] Node's rejectUnauthorized switched off => set the option ca, or NODE_EXTRA_CA_CERTS
    match (?i)rejectUnauthorized["'`\]\\]*\s*[:=](?!=)\s*(?!true(?!\w)|[:=]|boolean|\?)
    yes new https.Agent({ rejectUnauthorized: false })
    yes agent.options.rejectUnauthorized = !1
    yes "{\"rejectUnauthorized\": false}"
    yes "rejectUnauthorized": process.env.CHECK === "1"
    no new https.Agent({ rejectUnauthorized: true })

    # https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue
    [node-tls-environment] NODE_TLS_REJECT_UNAUTHORIZED=0 => set NODE_EXTRA_CA_CERTS
    match NODE_TLS_REJECT_UNAUTHORIZED(?:\#(gives)|\s+["']?)["']?(?:0|false)(?![\w.])
    yes NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js
    yes process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    yes os.Setenv("NODE_TLS_REJECT_UNAUTHORIZED", "0")
    yes ENV NODE_TLS_REJECT_UNAUTHORIZED 0
    no NODE_TLS_REJECT_UNAUTHORIZED=1

    # https://nodejs.org/api/tls.html#tlscheckserveridentityhostname-cert
    [node-check-server-identity] Node's host name check emptied => use a certificate with the right name
    match checkServerIdentity\s*[:=]\s*(?:function\s*)?\([^)]{0,60}\)\s*(?:=>\s*(?:undefined|null|true|false|\{[\s\r\n]*\})|\{[\s\r\n]*\})
    yes checkServerIdentity: () => undefined,
    yes checkServerIdentity: function () {},
    no checkServerIdentity: tls.checkServerIdentity,

    # https://docs.npmjs.com/cli/v10/using-npm/config#strict-ssl
    [node-strict-ssl] npm's and yarn's strict-ssl switched off => set cafile, or NODE_EXTRA_CA_CERTS
    match (?i)strict[-_]?ssl(?:\#(gives)|\s+["']?)\#(off)
    match --no-strict-ssl(?!\w)
    yes npm config set strict-ssl false
    yes strict-ssl=false
    yes "{\"strict-ssl\": \"false\"}"
    yes enableStrictSsl: false
    yes request({ url, strictSSL: false })
    yes NPM_CONFIG_STRICT_SSL=false
    no npm config set strict-ssl true

    # https://docs.deno.com/runtime/reference/cli/run/
    [browser-ignore-certificates] a browser or Deno that ignores certificates => import the CA into its trust store
    match --ignore-certificate-errors
    match --unsafely-ignore-certificate-errors
    match --ignore-ssl-errors(?!=(?:no|false))
    match (?i)(?:ignoreHTTPSErrors|acceptInsecureCerts|accept_insecure_certs|setAcceptInsecureCerts)(?:\#(gives)|\s*\(\s*)\#(on)
    yes deno run --unsafely-ignore-certificate-errors main.ts
    yes chromium --ignore-certificate-errors
    yes browser.newContext({ ignoreHTTPSErrors: true })
    yes options.setAcceptInsecureCerts(true)
    no browser.newContext({ ignoreHTTPSErrors: false })

    # https://docs.ruby-lang.org/en/3.3/Net/HTTP.html
    [ruby-ssl-verify-mode] Ruby's ssl_verify_mode 0 => set ssl_ca_cert
    match (?i)ssl_verify_mode(?:\#(gives)|\s+):?(?:0|none)(?!\w)
    yes :ssl_verify_mode: 0
    yes BUNDLE_SSL_VERIFY_MODE=0
    no :ssl_verify_mode: 1

    [ruby-verify-false] Ruby's verify: false => set ca_file
    match ssl:\s*\{\s*verify:\s*false
    match :ssl\s*=>\s*\{\s*:verify\s*=>\s*false
    yes Faraday.new(url, ssl: { verify: false })
    no Faraday.new(url, ssl: { ca_file: "ca.pem" })

    # https://www.php.net/manual/en/context.ssl.php
    [php-verify-peer] PHP's verify_peer switched off => set the option cafile
    match verify_peer(?:_name)?\#(gives)(?:false|0)(?!\w)
    match (?i)allow_self_signed\#(gives)\#(on)
    yes 'verify_peer' => false,
    yes stream_context_set_option($c, 'ssl', 'verify_peer_name', false);
    yes 'allow_self_signed' => true
    no 'verify_peer' => true,

    # https://docs.guzzlephp.org/en/stable/request-options.html#verify
    [php-guzzle-verify] Guzzle's verify switched off => set 'verify' => '/path/ca.pem'
    match ["']verify["']\]?\s*=>?\s*false
    match RequestOptions::VERIFY\s*=>\s*false
    match (?:->|::)withoutVerifying\s*\(
    yes new Client(['verify' => false]);
    yes Http::withoutVerifying()->get($url);
    yes $http->withoutVerifying()
    no new Client(['verify' => '/etc/ca.pem']);

    # https://metacpan.org/pod/LWP::UserAgent
    [perl-verify-hostname] Perl's verify_hostname switched off => set SSL_ca_file
    match verify_hostname["']?\s*(?:=>|,|=)\s*["']?0
    match PERL_LWP_SSL_VERIFY_HOSTNAME["'}\]]*\s*(?:=>?|,|:)\s*["']?0
    yes LWP::UserAgent->new(ssl_opts => { verify_hostname => 0 });
    yes $ENV{PERL_LWP_SSL_VERIFY_HOSTNAME} = 0;
    no ssl_opts => { verify_hostname => 1 }

    # https://github.com/openresty/lua-nginx-module#tcpsocksslhandshake
    [lua-verify-none] Lua without certificate checks => set cafile and verify = "peer"
    match (?<![\w-])verify\s*=\s*["']none["']
    yes params = { mode = "client", verify = "none" }
    no params = { mode = "client", verify = "peer" }

    # https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest
    [powershell-skip-check] PowerShell's -SkipCertificateCheck => import the CA with Import-Certificate
    match (?i)-SkipCertificateCheck(?!:\$false)
    match (?i)-SkipC[AN]Check(?!:\$false|\w)
    match TrustAllCertsPolicy
    yes Invoke-WebRequest $url -SkipCertificateCheck
    yes New-PSSessionOption -SkipCACheck -SkipCNCheck
    no Invoke-WebRequest $url

    # https://curl.se/libcurl/c/CURLOPT_SSL_VERIFYPEER.html
    [r-ssl-verifypeer] R's ssl_verifypeer switched off => set cainfo
    match (?<![\w])ssl[._]verify(?:peer|host)\s*=\s*(?:0|FALSE)
    yes httr::config(ssl_verifypeer = 0L)
    yes curlSetOpt(ssl.verifypeer = FALSE)
    no httr::config(ssl_verifypeer = 1L)

    # https://hackage.haskell.org/package/crypton-connection
    [haskell-disable-validation] Haskell's settingDisableCertificateValidation => put the CA into a CertificateStore
    match settingDisableCertificateValidation\s*=\s*True
    match TLSSettingsSimple\s+True
    yes TLSSettingsSimple { settingDisableCertificateValidation = True }
    yes mkManagerSettings (TLSSettingsSimple True False False) Nothing
    no TLSSettingsSimple False False False

    # https://docs.julialang.org/en/v1/stdlib/NetworkOptions/
    [julia-ssl-no-verify] Julia without certificate checks => set JULIA_SSL_CA_ROOTS_PATH
    match require_ssl_verification\s*=\s*false
    match JULIA_SSL_NO_VERIFY(?:_HOSTS)?["'\]]*\s*[=:,]
    yes HTTP.get(url; require_ssl_verification = false)
    yes JULIA_SSL_NO_VERIFY_HOSTS=**.example.org
    no HTTP.get(url; require_ssl_verification = true)

    # https://github.com/dakrone/clj-http
    [clojure-insecure] Clojure's :insecure? => set :trust-store
    match :insecure\?\s+true
    yes (client/get url {:insecure? true})
    no (client/get url {:insecure? false})
    """#
}
