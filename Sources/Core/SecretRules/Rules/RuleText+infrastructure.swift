extension RuleText {
  /// What systems are run with: hypervisors, vaults, clusters, databases, monitoring.
  static let infrastructure = #"""
    # https://pve.proxmox.com/wiki/User_Management#pveum_tokens
    [proxmox-api-token] Proxmox API token
    match (?i)(?:PVE|PBS|PMG)APIToken(?:=|:|%3D|\s)\s{0,2}[a-z0-9._-]{1,64}(?:@|%40)[a-z0-9._-]{1,64}(?:!|%21)[a-z0-9._-]{1,64}(?:=|:|%3D)(?<secret>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})
    entropy 2.5
    yes Authorization: PVEAPIToken=root@pam!ci={uuid}
    yes PBSAPIToken=backup@pbs!job:{uuid}
    yes pvesh --header PVEAPIToken%3Droot%40pam%21ci%3D{uuid}
    no PVEAPIToken=root@pam!ci={same:36}
    no PVEAPIToken=USER@REALM!TOKENID=UUID

    [proxmox-ticket] Proxmox session ticket or CSRF token
    match (?i)(?:PVE|PBS|PMG)AuthCookie["']?(?:\s{0,4}[=:]\s{0,4}|%3D)["']?(?<secret>(?:PVE|PBS|PMG)[A-Za-z]{0,4}(?::|%3A)[A-Za-z0-9:._@%!+/=-]{32,1024})
    match (?:PVE|PBS|PMG):[A-Za-z0-9._-]{1,64}@[A-Za-z0-9._-]{1,64}:[0-9A-F]{8}::[A-Za-z0-9+/]{64,1024}={0,2}
    match (?i)CSRFPreventionToken["']?\s{0,4}[=:]\s{0,4}["']?(?<secret>[0-9A-F]{8}:[A-Za-z0-9+/]{27,64}={0,2})
    entropy 3
    yes Cookie: PVEAuthCookie=PVE:root@pam:65A1B2C3::{base64:342}==
    yes Cookie: PVEAuthCookie=PVE%3Aroot%40pam%3A65A1B2C3%3A%3A{base64:342}
    yes {"ticket":"PVE:root@pam:65A1B2C3::{base64:342}=="}
    yes "CSRFPreventionToken":"65A1B2C3:{base64:43}"
    no PVEAuthCookie=PVE:root@pam
    no CSRFPreventionToken: <token>

    # https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes
    [vault-token] HashiCorp Vault service, batch or recovery token
    match hv[sbr]\.[A-Za-z0-9_-]{24,512}
    entropy 3
    yes hvs.{alnum:95}
    yes hvb.{alnum:160}
    yes hvr.{alnum:26}
    no hvs.{same:95}

    [vault-named-token] HashiCorp Vault token of the older kind, or unseal key
    name (?i)(?:vault(?:(?!token|key)[\w.-]){0,24}(?:token|key)[\w.-]{0,12}|unseal[_ -]?key(?:[_ ]\d{1,2})?)
    value [sb]\.[A-Za-z0-9]{24}
    value [A-Za-z0-9+/]{43}=
    value [0-9a-f]{66}
    entropy 3
    yes VAULT_TOKEN=s.{alnum:24}
    yes Unseal Key 1: {base64:43}=
    no VAULT_TOKEN=s.{same:24}

    [terraform-token] HCP Terraform API token
    match [A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}
    entropy 3.5
    yes {alnum:14}.atlasv1.{alnum:67}
    no {same:14}.atlasv1.{same:67}

    [consul-token] Consul or Nomad ACL token
    name (?i)(?:consul_http_token|consul[\w.-]{0,16}token|nomad_token|x-consul-token|x-nomad-token)
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes CONSUL_HTTP_TOKEN={uuid}
    yes X-Nomad-Token: {uuid}
    no CONSUL_HTTP_TOKEN=00000000-0000-0000-0000-000000000000

    [doppler-token] Doppler token
    match dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{1,40}\.)?[A-Za-z0-9]{40,44}
    entropy 3
    yes dp.pt.{alnum:43}
    yes dp.st.dev.{alnum:40}
    no dp.pt.{same:43}

    [onepassword-token] 1Password service account token or secret key
    match ops_eyJ[A-Za-z0-9+/_-]{200,2048}={0,3}
    match A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
    entropy 3
    yes ops_eyJ{base64:260}
    yes A3-{uppernum:6}-{uppernum:6}-{uppernum:5}-{uppernum:5}-{uppernum:5}-{uppernum:5}
    no ops_eyJ{same:260}

    [bitwarden-token] Bitwarden secrets manager token
    name (?i)(?:bws|bitwarden)[\w.-]{0,24}
    value 0\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}==
    entropy 3
    yes BWS_ACCESS_TOKEN=0.{uuid}.{alnum:30}:{base64:22}==
    no BWS_ACCESS_TOKEN=$BWS_TOKEN

    [pulumi-token] Pulumi access token
    match pul-[a-f0-9]{40}
    entropy 3
    yes pul-{hex:40}
    no pul-{same:40}

    [infracost-key] Infracost API key
    match ico-[A-Za-z0-9]{32}
    entropy 3
    yes ico-{alnum:32}
    no ico-{same:32}

    [scalr-token] Scalr, Spacelift, env0 or Harness token
    match (?:pat|sat)\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}
    entropy 3
    yes pat.{alnum:22}.{alnum:24}.{alnum:20}
    no pat.{same:22}.{same:24}.{same:20}

    [prefect-token] Prefect API token
    match pn[ub]_[A-Za-z0-9]{36}
    entropy 3
    yes pnu_{alnum:36}
    no pnu_{same:36}

    [tailscale-key] Tailscale key
    match tskey-[a-z]{2,10}-[A-Za-z0-9]{6,24}(?:-[A-Za-z0-9]{16,40})?
    entropy 3
    yes tskey-auth-{alnum:17}-{alnum:32}
    no tskey-auth-{same:17}

    [defined-networking-key] Defined Networking API token
    match dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}
    entropy 3
    yes dnkey-{base32:26}-{base32:52}
    no dnkey-{same:26}-{same:52}

    [ngrok-token] ngrok API key or authtoken
    match ak_[A-Za-z0-9]{27}
    entropy 3.5
    yes ak_{alnum:27}
    no ak_{same:27}

    # https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
    [kubeconfig-key] Client key in a kubeconfig
    match (?i)client-key-data["']?\s{0,4}:\s{0,4}["']?(?<secret>[A-Za-z0-9+/]{64,16384}={0,2})
    entropy 3.5
    yes     client-key-data: LS0tLS1{base64:400}
    no     client-key-data: DATA+OMITTED
    no     client-key-data: REDACTED

    [kubernetes-bootstrap-token] Kubernetes bootstrap token
    name (?i)(?:token|kubeadm[\w.-]{0,24}|--token)
    value [a-z0-9]{6}\.[a-z0-9]{16}
    entropy 3.2
    yes kubeadm join 10.0.0.1:6443 --token {lowernum:6}.{lowernum:16}
    no --token abcdef.0123456789abcdef

    [age-secret-key] age secret key
    match AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}
    match AGE-PLUGIN-[A-Z0-9-]{1,40}-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{20,1024}
    entropy 3
    yes AGE-SECRET-KEY-1{bech32:58}
    no AGE-SECRET-KEY-1{same:58}

    [wireguard-key] WireGuard private or preshared key
    name (?i)(?:PrivateKey|PresharedKey|wg_private_key|wireguard[\w.-]{0,20}key)
    value [A-Za-z0-9+/]{43}=
    entropy 4
    yes PrivateKey = {base64:43}=
    no PrivateKey = {same:43}=

    [databricks-token] Databricks access token
    match dapi[a-f0-9]{32}(?:-\d)?
    match dose[a-f0-9]{32}
    entropy 3
    yes dapi{hex:32}
    yes dapi{hex:32}-2
    no dapi{same:32}

    [clickhouse-key] ClickHouse Cloud API secret
    match 4b1d[A-Za-z0-9]{38}
    entropy 3.5
    yes 4b1d{alnum:38}
    no 4b1d{hex:60}

    [supabase-key] Supabase access token or secret key
    match sbp_[a-f0-9]{40}
    match sb_secret_[A-Za-z0-9_-]{31}
    entropy 3
    yes sbp_{hex:40}
    yes sb_secret_{alnum:31}
    no sbp_{same:40}

    [planetscale-token] PlanetScale password, service or OAuth token
    match pscale_(?:pw|tkn|oauth)_[A-Za-z0-9_=.-]{32,64}
    entropy 3
    yes pscale_pw_{alnum:43}
    yes pscale_tkn_{alnum:43}
    no pscale_tkn_{same:43}

    [neon-key] Neon API key
    match napi_[a-z0-9]{64}
    entropy 3
    yes napi_{lowernum:64}
    no napi_{same:64}

    [mongodb-atlas-key] MongoDB Atlas service account secret or private key
    match mdb_sa_sk_[A-Za-z0-9_-]{40}
    entropy 3
    yes mdb_sa_sk_{alnum:40}
    no mdb_sa_sk_{same:40}

    [confluent-key] Confluent Cloud key or secret
    vendor confluent
    value (?i)[a-z0-9/+]{64}
    value (?i)[a-z0-9]{16}
    entropy 3
    yes CONFLUENT_API_SECRET={base64:64}
    yes confluent_api_key = "{uppernum:16}"
    no CONFLUENT_API_SECRET={same:64}

    [sentry-token] Sentry user or organization token
    match sntry[us]_[A-Za-z0-9+/_=-]{43,512}
    entropy 3
    yes sntryu_{hex:64}
    yes sntrys_eyJpYXQiO{base64:150}_{base64:43}
    no sntryu_{same:64}

    [sentry-named-token] Sentry token of the older kind
    vendor sentry
    value [a-f0-9]{64}
    entropy 3
    yes SENTRY_AUTH_TOKEN={hex:64}
    no SENTRY_AUTH_TOKEN={same:64}

    [datadog-key] Datadog API or application key
    vendor datadog|dd_api|dd_app|dd-api|dd-app
    value (?i)[a-z0-9]{40}
    value (?i)[a-f0-9]{32}
    entropy 3
    yes DD_API_KEY={hex:32}
    yes datadog_app_key: {hex:40}
    no DD_API_KEY={same:32}

    [newrelic-key] New Relic license, user, insert or browser key
    match NRAK-[A-Z0-9]{27}
    match NRII-[A-Za-z0-9_-]{32}
    match NRJS-[a-f0-9]{19}
    match NRRA-[a-f0-9]{42}
    match [a-f0-9]{36}FFFFNRAL
    entropy 3
    yes NRAK-{uppernum:27}
    yes NRII-{alnum:32}
    yes NRJS-{hex:19}
    yes NRRA-{hex:42}
    yes {hex:36}FFFFNRAL
    no NRAK-{same:27}

    [newrelic-named-key] New Relic key given to a name that says so
    vendor newrelic|new-relic|new_relic
    value (?i)[a-z0-9]{40}
    value (?i)[a-z0-9]{64}
    entropy 3
    yes NEW_RELIC_LICENSE_KEY={hex:40}
    no NEW_RELIC_LICENSE_KEY={same:40}

    [grafana-token] Grafana API key, service account or cloud token
    match glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}
    match glc_[A-Za-z0-9+/]{32,400}={0,3}
    match eyJrIjoi[A-Za-z0-9]{60,400}={0,3}
    entropy 3
    yes glsa_{alnum:32}_{hex:8}
    yes glc_{base64:100}
    yes eyJrIjoi{alnum:80}
    no glsa_{same:32}_{same:8}

    [dynatrace-token] Dynatrace token
    match dt0[a-z]\d\d\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}
    entropy 3
    yes dt0c01.{uppernum:24}.{uppernum:64}
    no dt0c01.{same:24}.{same:64}

    [sumologic-key] Sumo Logic access id or key
    vendor sumo
    value (?i)su[a-z0-9]{12}
    value (?i)[a-z0-9]{64}
    entropy 3
    yes SUMO_ACCESS_KEY={alnum:64}
    no SUMO_ACCESS_KEY={same:64}

    [honeycomb-key] Honeycomb ingest or management key
    match hc[abcdefghijklmnopqrstuvwxyz]{2}[ik]_[a-z0-9]{58}
    entropy 3
    yes hcaik_{lowernum:58}
    no hcaik_{same:58}

    [launchdarkly-key] LaunchDarkly SDK, mobile or API key
    match (?:sdk|mob|api)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes sdk-{uuid}
    yes api-{uuid}
    no sdk-00000000-0000-0000-0000-000000000000

    [splunk-token] Splunk authorization token
    match (?i)authorization["']?\s{0,2}[:=]\s{0,2}["']?splunk\s{1,2}(?<secret>[A-Za-z0-9^_-]{20,512})
    entropy 3
    yes Authorization: Splunk {uuid}
    no Authorization: Splunk $HEC_TOKEN
    """#
}
