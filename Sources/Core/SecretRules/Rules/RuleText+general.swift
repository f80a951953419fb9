extension RuleText {
  static let general = #"""
    [private-key] Private key in PEM, OpenSSH or PGP form
    match -----BEGIN (?:(?!PRIVATE)[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|[\r\n]|-(?!----)){48,}(?:-----END [A-Z0-9 ]{0,60}-----)?
    entropy 3
    yes -----BEGIN RSA PRI{}VATE KEY-----\n{base64:64}\n{base64:64}\n-----END RSA PRI{}VATE KEY-----
    no -----BEGIN PRI{}VATE KEY-----

    [anthropic-api-key] Anthropic API key
    match sk-ant-(?:api|admin|oat|ort|sid)\d{2}-[A-Za-z0-9_-]{80,120}
    entropy 3
    yes sk-ant-api03-{alnum:93}AA
    no sk-ant-api03-{same:93}AA

    [aws-access-key-id] AWS access key id
    match (?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}
    entropy 3
    yes AKIA{base32:16}
    no AKIA{same:16}
    no AKIAIOSFODNN7EXAMPLE

    [json-web-token] JSON Web Token
    match eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}
    entropy 3
    yes eyJ{alnum:33}.eyJ{alnum:70}.{alnum:43}
    no eyJ{alnum:33}

    [url-password] Password in a URL
    match ://[^\s:/?#@'"<>]{0,128}:(?<secret>[^\s:/?#@'"<>]{3,256})@[A-Za-z0-9\[]
    yes https://user:{alnum:12}@example.org/path
    no https://user@example.org:8443/path

    [bearer-token] Token in an authorization header
    match (?i)authorization["']{0,2}\s{0,4}[:=]\s{0,4}["']?(?:bearer|token|basic)\s{1,4}(?<secret>[A-Za-z0-9._~+/=-]{16,})
    entropy 3
    yes Authorization: Bearer {alnum:40}
    no Authorization: Bearer $TOKEN

    [proxmox-api-token] Proxmox VE API token
    match PVEAPIToken=[A-Za-z0-9._-]{1,64}@[A-Za-z0-9._-]{1,64}![A-Za-z0-9._-]{1,64}[=:](?<secret>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})
    entropy 2.5
    yes PVEAPIToken=root@pam!ci={uuid}
    no PVEAPIToken=root@pam!ci={same:36}

    [proxmox-ticket] Proxmox VE session ticket
    match PVEAuthCookie["']?\s{0,4}[=:]\s{0,4}["']?(?<secret>PVE(?::|%3[Aa])[A-Za-z0-9:._@%!+/=-]{32,})
    entropy 3
    yes Cookie: PVEAuthCookie=PVE:root@pam:65A1B2C3::{base64:344}
    no PVEAuthCookie=PVE:root@pam

    [generic-secret] Secret value given to a name that says so
    name (?i)(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|credential|client[_-]?secret)s?
    value [A-Za-z0-9+/=_.~!@#$%^&*-]{16,}
    entropy 3.5
    only files
    yes API_KEY={alnum:32}
    no API_KEY=${API_KEY}
    """#
}
