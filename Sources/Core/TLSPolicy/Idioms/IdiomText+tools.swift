extension IdiomText {
  /// Programs that speak HTTP, and those that fetch sources and packages.
  static let clients = #"""
    # https://curl.se/docs/manpage.html; the letters are curl's options without an argument
    [curl-insecure] curl -k => use --cacert ca.pem
    match (?<![\w-])curl(?:\.exe)?\#(curlFlags)
    match (?<![\w])(?:CURL|curl)_?(?:OPT|OPTS|OPTIONS|ARGS|FLAGS|opt|opts|options|args|flags)\s*[:+?]{0,2}\#(before("[\\s(\"'=]-[0-9aBfgGiIjJlLMnNOpqRsSvZ#:]*k(?![\\w-])"))
    match (?<![\w-])insecure["']?\s*>{1,2}\s*(?:(?!\.curlrc)\S){0,80}\.curlrc
    yes CURL_OPTS="-sS -k"; curl $CURL_OPTS https://host/
    yes CURLFLAGS := -fsSk
    yes echo insecure >> ~/.curlrc
    no CURL_OPTS="-sS -K config"
    no echo show-error >> ~/.curlrc
    yes curl -k https://host/
    yes curl -sSkL https://host/
    yes curl --insecure https://host/
    yes curl -H "a: b; c" 'https://host/?a=1&b=2' --insecure
    yes exec.Command("curl", "-sk", url)
    yes ["curl", "--proxy-insecure", url]
    no curl -sS -o k https://host/
    no curl --cacert ca.pem https://host/; tar -k
    no curl -d -q https://host/ | sort -k 2

    # https://www.gnu.org/software/wget/manual/wget.html#HTTPS-_0028SSL_002fTLS_0029-Options
    [wget-no-check] wget --no-check-certificate => use --ca-certificate=ca.pem
    match --no-check-cert
    match check[-_]certificate\s*=\s*(?:off|no|false|quiet)
    yes wget --no-check-certificate https://host/
    yes rclone --no-check-certificate sync a b
    yes aria2c --check-certificate=false https://host/
    no wget --ca-certificate=ca.pem https://host/

    # https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify
    [git-ssl-verify] git's http.sslVerify switched off => set http.sslCAInfo
    match (?i)sslVerify(?:\#(gives)|["'\s]+)(?:false|no|off|0)(?![\w.])
    match (?i)http\.(?:(?!sslVerify)[^\s=]){0,200}sslVerify["']?\s*=["']?(?:\s|$)
    match (?i)GIT_CONFIG_KEY_\d{1,4}\#(gives)http\.(?:(?!sslVerify)\S){0,200}sslVerify
    match (?i)--config-env[=\s]http\.(?:(?!sslVerify)\S){0,200}sslVerify
    yes git -c http.sslVerify=false clone https://host/r
    yes git config --global http.sslVerify false
    yes git config http."https://host/".sslVerify "false"
    yes   sslVerify = false
    yes GIT_CONFIG_KEY_0=http.sslVerify
    no git -c http.sslVerify=true clone https://host/r
    no git config http.sslCAInfo ca.pem

    # https://git-scm.com/docs/git#Documentation/git.txt-codeGITSSLNOVERIFYcode: any value switches the checks off
    [git-ssl-no-verify] GIT_SSL_NO_VERIFY => set GIT_SSL_CAINFO
    match GIT_SSL_NO_VERIFY["'\]})]*\s*(?:=(?!=)|:|,)
    match ENV\s+GIT_SSL_NO_VERIFY
    yes GIT_SSL_NO_VERIFY=1 git fetch
    yes os.environ["GIT_SSL_NO_VERIFY"] = "true"
    yes GIT_SSL_NO_VERIFY: "true"
    yes ENV GIT_SSL_NO_VERIFY 1
    no unset GIT_SSL_NO_VERIFY

    [svn-trust-server] Subversion without certificate checks => name the CA under ssl-authority-files
    match --trust-server-cert
    yes svn --non-interactive --trust-server-cert co https://host/r
    no svn --non-interactive co https://host/r

    # https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host
    [pip-trusted-host] pip's --trusted-host => use --cert ca.pem
    match --trusted-host
    match (?<![\w])trusted-host\s*=
    match PIP_TRUSTED_HOST["'\]]*\s*[=:,]
    match UV_INSECURE_HOST["'\]]*\s*[=:,]
    match --allow-insecure-host
    yes pip install --trusted-host pypi.org flask
    yes trusted-host = pypi.org
    yes PIP_TRUSTED_HOST=pypi.org
    yes uv pip install --allow-insecure-host host flask
    no pip install --cert ca.pem flask

    # https://peps.python.org/pep-0493/
    [python-https-verify] PYTHONHTTPSVERIFY=0 => set SSL_CERT_FILE
    match PYTHONHTTPSVERIFY(?:\#(gives)|\s+)["']?0
    yes PYTHONHTTPSVERIFY=0 python app.py
    yes os.environ["PYTHONHTTPSVERIFY"] = "0"
    no PYTHONHTTPSVERIFY=1

    # https://httpie.io/docs/cli/server-ssl-certificate-verification
    [httpie-verify-no] HTTPie's --verify=no => use --verify=ca.pem
    match (?<![\w-])--verify(?:=|["'\s,]+)(?:no|false|0)(?![\w.-])
    yes http --verify=no https://host/
    yes https --verify false host/
    no http --verify=ca.pem https://host/

    [program-insecure] a program's --insecure => name the CA with the program's own option
    match (?<![\w-])--insecure(?:-tls|-skip-verify|-skip-tls-verify|-registry|-no-verify)?(?!=(?:false|0)|[\w-])
    match (?i)--(?:tls-|kube-)?insecure-skip-(?:tls-)?verify(?:-backend|-registry)?(?!=(?:false|0)|[\w])
    yes hg clone --insecure https://host/r
    yes helm install --kube-insecure-skip-tls-verify name chart
    yes helm pull --insecure oci://host/r
    yes argocd login host --insecure
    yes prometheus --tls-insecure-skip-verify
    yes trivy image --insecure host/i
    yes restic --insecure-tls snapshots
    no kubectl --insecure-skip-tls-verify=false get pods

    # https://grpc.io/docs/guides/auth/
    [grpcurl-insecure] grpcurl -insecure => use -cacert ca.pem
    match (?<![\w-])(?:grpcurl|vegeta|ghz|evans)\#(argument("-insecure"))
    yes grpcurl -insecure host:443 list
    no grpcurl -cacert ca.pem host:443 list

    # https://manpages.debian.org/stable/apt/apt-transport-https.1.en.html
    [apt-verify-peer] apt's Verify-Peer switched off => set Acquire::https::CAInfo
    match (?i)(?<![\w-])Verify-(?:Peer|Host)["']?\s*=?\s*["']?(?:false|no|off|0)(?!\w)
    yes Acquire::https::Verify-Peer "false";
    yes apt-get -o Acquire::https::host::Verify-Host=false update
    no Acquire::https::Verify-Peer "true";

    # https://getcomposer.org/doc/06-config.md#disable-tls
    [composer-disable-tls] Composer's disable-tls => set cafile
    match disable-tls(?:\#(gives)|\s+)\#(on)
    yes "disable-tls": true
    yes composer config -g disable-tls true
    no "disable-tls": false

    # https://python-poetry.org/docs/repositories/#certificates
    [poetry-certificate-false] Poetry's certificate checks switched off => set certificates.NAME.cert to the CA
    match certificates\.(?:(?!\.cert)[\w.-]){1,80}\.cert["']?(?:\s*=\s*|\s+)["']?false(?!\w)
    match POETRY_CERTIFICATES_(?:(?!_CERT)\w){1,80}_CERT\#(gives)(?:false|False|FALSE|0)
    yes poetry config certificates.own.cert false
    yes POETRY_CERTIFICATES_OWN_CERT=false
    no poetry config certificates.own.cert ca.pem

    # https://lftp.yar.ru/lftp-man.html
    [lftp-verify-certificate] lftp's ssl:verify-certificate switched off => set ssl:ca-file
    match ssl:(?:verify-certificate|check-hostname)(?:/\S{1,80})?(?:\s+|=)["']?\#(off)
    yes set ssl:verify-certificate no
    yes lftp -e "set ssl:check-hostname/host false" host
    no set ssl:verify-certificate yes

    # https://go.dev/ref/mod#private-module-proxy
    [go-insecure-modules] GOINSECURE => add the CA to the system's trust store, or set SSL_CERT_FILE
    match (?<![\w"])GOINSECURE["'\]]*\s*[=:,]\s*["']?[^\s"']
    match ["']GOINSECURE["']\s*,\s*["'][^"']
    match (?<![\w])go\s+get\s+-insecure
    yes GOINSECURE=* go build ./...
    yes go env -w GOINSECURE=host
    no go env GOPRIVATE=host
    """#

  /// Clusters, containers, clouds and what provisions them.
  static let platforms = #"""
    # https://kubernetes.io/docs/reference/kubectl/kubectl/
    [kubernetes-insecure-skip-tls-verify] Kubernetes without certificate checks => use --certificate-authority=ca.pem, or caBundle
    match (?i)(?:insecure-?skip-?tls-?verify|insecureSkipTLSVerification|insecure_skip_tls_verify|kubeInsecureSkipTLSVerify)\#(gives)\#(on)
    match --kubelet-insecure-tls(?!=false)
    yes     insecure-skip-tls-verify: true
    yes   insecureSkipTLSVerify: true
    yes - --kubelet-insecure-tls
    yes ETCDCTL_INSECURE_SKIP_TLS_VERIFY=true
    no     insecure-skip-tls-verify: false

    # https://docs.docker.com/reference/cli/dockerd/#insecure-registries
    [docker-insecure-registry] a registry without certificate checks => put the CA into /etc/docker/certs.d
    match insecure-registries["']?\s*[:=]\s*\[\s*["']
    match --(?:src-|dest-)?tls-verify(?:=|["'\s,]+)\#(off)
    match (?:BUILDAH|PODMAN|REGISTRY)_TLS_VERIFY\#(gives)\#(off)
    match --skip-tls-verify(?!=false)
    yes "insecure-registries": ["host:5000"]
    yes podman pull --tls-verify=false host/i
    yes skopeo copy --src-tls-verify=false docker://a docker://b
    yes /kaniko/executor --skip-tls-verify
    no "insecure-registries": []
    no podman pull --tls-verify true host/i

    # https://docs.ansible.com/ansible/latest/os_guide/windows_winrm.html
    [ansible-ignore-certificates] Ansible without certificate checks => set ansible_winrm_ca_trust_path, or SSL_CERT_FILE
    match (?<![\w-])ansible-galaxy\#(argument("-c|--ignore-certs"))
    match ansible_(?:winrm|psrp)_(?:server_)?cert_validation\#(gives)ignore
    match ANSIBLE_GALAXY_IGNORE\#(gives)(?:[Tt]rue|1|yes)
    yes ansible-galaxy collection install --ignore-certs name
    yes ansible_winrm_server_cert_validation: ignore
    yes ANSIBLE_GALAXY_IGNORE=true
    no ansible-galaxy collection install name
    no ansible_winrm_server_cert_validation: validate

    # https://docs.aws.amazon.com/cli/latest/reference/
    [aws-no-verify-ssl] aws --no-verify-ssl => set AWS_CA_BUNDLE
    match --no-verify-ssl
    match --no-(?:tls|ssl)-verify
    match --no-verify-(?:tls|certificate)
    match --disable-(?:ssl|tls)-verification
    match --skip-ssl-(?:validation|verification)
    yes aws --no-verify-ssl s3 ls
    yes cf login --skip-ssl-validation
    no aws --ca-bundle ca.pem s3 ls

    [cloud-environment] a cloud tool's certificate checks switched off => name the CA with the tool's own variable
    match AZURE_CLI_DISABLE_CONNECTION_VERIFICATION["'\]]*\s*[=:,]
    match (?i)disable_ssl_validation(?:\#(gives)|\s+)\#(on)
    match (?i)SKIP_SSL_VALIDATION\#(gives)\#(on)
    yes AZURE_CLI_DISABLE_CONNECTION_VERIFICATION=1
    yes gcloud config set auth/disable_ssl_validation True
    yes BOSH_SKIP_SSL_VALIDATION=true
    no gcloud config set auth/disable_ssl_validation False

    # https://developer.hashicorp.com/vault/docs/commands#configure-environment-variables
    [hashicorp-skip-verify] Vault, Consul or Nomad without certificate checks => set VAULT_CACERT, CONSUL_CACERT or NOMAD_CACERT
    match (?i)(?<![A-Z])skip[-_]verify\#(gives)\#(on)
    match -tls-skip-verify(?!=false)
    match (?i)tlsSkipVerify\#(gives)\#(on)
    match CONSUL_HTTP_SSL_VERIFY\#(gives)\#(off)
    yes VAULT_SKIP_VERIFY=true vault status
    yes vault status -tls-skip-verify
    yes "tlsSkipVerify": true
    yes CONSUL_HTTP_SSL_VERIFY=false
    no VAULT_SKIP_VERIFY=false

    # https://registry.terraform.io/providers/bpg/proxmox/latest/docs#insecure
    [provider-insecure] a provider's insecure = true => set its CA file, or add the CA to the system's trust store
    match (?i)(?<![\w.-])insecure["']?\s*[:=]\s*["']?true(?!\w)
    match (?i)(?:allow_unverified_ssl|pm_tls_insecure|tls_insecure|insecure_tls|insecure_https|ssl_insecure)\#(gives)\#(on)
    match (?<![A-Z])(?:GOVC|OS|TRIVY|PROXMOX_VE|REDFISH|CURL|DATABRICKS)_INSECURE\#(gives)\#(on)
    yes   insecure = true
    yes allow_unverified_ssl = true
    yes PROXMOX_VE_INSECURE=true
    yes PM_TLS_INSECURE=true
    no   insecure = false
    """#
}
