extension RuleText {
  /// Where packages and images are published.
  static let registries = #"""
    # https://docs.npmjs.com/about-access-tokens
    [npm-token] npm access token
    match npm_[A-Za-z0-9]{36}
    match (?i):_(?:authToken|auth|password)\s{0,4}=\s{0,4}["']?(?<secret>[A-Za-z0-9+/_-]{20,}={0,2})
    entropy 3
    yes npm_{alnum:36}
    yes //registry.example.org/:_authToken={uuid}
    no npm_{same:36}
    no //registry.npmjs.org/:_authToken=${NPM_TOKEN}
    no npm_config_registry

    # https://pypi.org/help/#apitoken: a macaroon whose first bytes name the host
    [pypi-token] PyPI upload token
    match pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,1024}
    entropy 3
    yes pypi-AgEIcHlwaS5vcmc{alnum:120}
    yes pypi-AgENdGVzdC5weXBpLm9yZw{alnum:120}
    no pypi-AgEIcHlwaS5vcmc

    [rubygems-token] RubyGems API key
    match rubygems_[a-f0-9]{48}
    entropy 3
    yes rubygems_{hex:48}
    no rubygems_{same:48}

    [crates-io-token] crates.io API token
    match cio[A-Za-z0-9]{32}
    entropy 3.5
    yes cio{alnum:32}
    no cio{same:32}
    no precio{alnum:32}

    [nuget-key] NuGet API key
    match oy2[a-z0-9]{43}
    entropy 3.5
    yes oy2{lowernum:43}
    no oy2{same:43}

    [nuget-config-password] Password in a NuGet configuration
    match (?i)<add\s{1,4}key="(?:ClearText)?Password"\s{1,4}value="(?<secret>[^"%$]{8,512})"
    entropy 2.5
    yes <add key="ClearTextPassword" value="{alnum:16}" />
    no <add key="ClearTextPassword" value="%NUGET_PASSWORD%" />

    # https://docs.docker.com/security/access-tokens/
    [docker-token] Docker Hub access token
    match dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}
    entropy 3
    yes dckr_pat_{alnum:27}
    yes dckr_oat_{alnum:32}
    no dckr_pat_{same:27}

    [docker-config-auth] Credentials in a Docker configuration
    match (?i)"auth"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9+/]{16,1024}={0,2})"
    entropy 3
    yes {"auths":{"registry.example.org":{"auth":"{base64:32}"}}}
    no {"auth": "none"}

    [clojars-token] Clojars deploy token
    match CLOJARS_[A-Za-z0-9]{60}
    entropy 3
    yes CLOJARS_{hex:60}
    no CLOJARS_{same:60}

    [artifactory-key] Artifactory API key, identity or reference token
    match AKCp[A-Za-z0-9]{66,80}
    match cmVmdGtuO[A-Za-z0-9]{50,64}
    entropy 3
    yes AKCp8{alnum:68}
    yes cmVmdGtuO{alnum:55}
    no AKCp{same:69}

    [artifactory-named-key] Artifactory key given to a name that says so
    vendor jfrog|artifactory|bintray|xray
    value (?i)[a-z0-9]{73}
    value (?i)[a-z0-9]{64}
    entropy 3
    yes ARTIFACTORY_API_KEY={alnum:73}
    no JFROG_TOKEN={same:64}

    [bundler-credentials] Credentials of a private gem source
    match (?i)BUNDLE_(?:GEMS|ENTERPRISE)__CONTRIBSYS__COM["']?\s{0,4}[:=]\s{0,4}["']?(?<secret>[a-f0-9]{8}:[a-f0-9]{8})
    entropy 2
    yes BUNDLE_ENTERPRISE__CONTRIBSYS__COM: {hex:8}:{hex:8}
    no BUNDLE_GEMS__CONTRIBSYS__COM: $CONTRIBSYS

    [hex-pm-key] Hex.pm API key
    vendor hex_api|hexpm
    value [0-9a-f]{32,64}
    entropy 3
    yes HEX_API_KEY={hex:32}
    no HEX_API_KEY={same:32}
    """#
}
