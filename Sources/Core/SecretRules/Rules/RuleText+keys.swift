extension RuleText {
  /// Keys, hashes and tokens of standards.
  static let keys = #"""
    # RFC 7468, RFC 9580, and what OpenSSH writes; behind line prefixes and with escaped ends of lines, too
    [private-key] Private key in PEM, OpenSSH or OpenPGP form
    match -----BEGIN (?:(?!PRIVATE)[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?![A-Za-z0-9+/=]{40})(?:[^-]|[\r\n]|-(?!----))){0,400}[A-Za-z0-9+/=]{40,}(?:(?:[^-]|[\r\n]|-(?!----)){0,24576}-----END [A-Z0-9 ]{0,60}-----|(?:(?:[^A-Za-z0-9+/=-]|[\r\n]|\\[nr]){1,16}[A-Za-z0-9+/=]{40,})*(?:(?:[^A-Za-z0-9+/=-]|[\r\n]|\\[nr]){1,16}[A-Za-z0-9+/]{1,64}={1,2})?)
    entropy 3
    yes -----BEGIN RSA PRI{}VATE KEY-----\n{base64:64}\n{base64:64}\n{base64:22}==\n-----END RSA PRI{}VATE KEY-----
    yes -----BEGIN OPENSSH PRI{}VATE KEY-----\r\n{base64:70}\r\n{base64:70}\r\n-----END OPENSSH PRI{}VATE KEY-----
    yes -----BEGIN PGP PRI{}VATE KEY BLOCK-----\nVersion: 1\n\n{base64:64}\n{base64:64}\n=ab1d\n-----END PGP PRI{}VATE KEY BLOCK-----
    yes {"private_key": "-----BEGIN PRI{}VATE KEY-----\\n{base64:64}\\n{base64:40}\\n-----END PRI{}VATE KEY-----\\n"}
    yes + -----BEGIN EC PRI{}VATE KEY-----\n+ {base64:64}\n+ {base64:64}\n+ -----END EC PRI{}VATE KEY-----
    yes KEY="-----BEGIN PRI{}VATE KEY----- {base64:64} {base64:40} -----END PRI{}VATE KEY-----"
    yes -----BEGIN RSA PRI{}VATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{HEX:32}\n\n{base64:64}\n{base64:64}
    no -----BEGIN PRI{}VATE KEY-----\n...\n-----END PRI{}VATE KEY-----
    no if text.contains("-----BEGIN PRI{}VATE KEY-----") { return true }
    no -----BEGIN PUBLIC KEY-----\n{base64:64}\n{base64:64}\n-----END PUBLIC KEY-----
    no -----BEGIN CERTIFICATE-----\n{base64:64}\n{base64:64}\n-----END CERTIFICATE-----

    [putty-private-key] Private key in PuTTY's form
    match Private-Lines: \d{1,3}[\r\n]{1,2}(?<secret>(?:[A-Za-z0-9+/=]{1,64}[\r\n]{1,2}){1,200})
    entropy 3
    only files
    yes Private-Lines: 2\n{base64:64}\n{base64:40}\nPrivate-MAC: {hex:40}
    no Private-Lines: 14

    # RFC 7517, 4.1 and RFC 7518, 6.2.2 and 6.3.2
    [json-web-key] Private JSON Web Key
    match "d"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9_-]{43,1024})"
    match \\"d\\"\s{0,4}:\s{0,4}\\"(?<secret>[A-Za-z0-9_-]{43,1024})\\"
    match <D>(?<secret>[A-Za-z0-9+/]{80,1024}={0,2})</D>
    entropy 4
    yes {"kty":"EC","crv":"P-256","d":"{alnum:43}"}
    yes <RSAKeyValue><D>{base64:342}==</D></RSAKeyValue>
    no {"d":"{same:43}"}

    # RFC 7515, RFC 7516: the letter after eyJ is that of the first name in the header
    [json-web-token] JSON Web Token
    match (?<![_-])eyJ[h0rjl46qpwi1][A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,1024}(?:\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{16,})?
    match (?<![_-])eyJ[h0rjl46qpwi1][A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{0,512}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{22}
    entropy 3.5
    yes eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{alnum:70}.{alnum:43}
    yes "access":"eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJ{alnum:120}.{alnum:342}"
    yes eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..{alnum:16}.{alnum:60}.{alnum:22}
    no eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9
    no eyJhbGciOiJIUzI1NiJ9.eyJ{same:40}

    # crypt(5)
    [password-hash] Hash of a password
    match \$2[abxy]?\$\d\d\$(?<secret>[./A-Za-z0-9]{53})
    match \$(?:[156y]|7|gy|sha1|md5)\$(?:rounds=\d{1,9}\$|j[A-Za-z0-9./]{1,8}\$)?[./A-Za-z0-9]{1,86}\$(?<secret>[./A-Za-z0-9]{22,86})
    match \$apr1\$[./A-Za-z0-9]{1,8}\$(?<secret>[./A-Za-z0-9]{22})
    match \$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?[a-z0-9=,]{1,64}\$[A-Za-z0-9+/]{8,128}\$(?<secret>[A-Za-z0-9+/]{20,256})
    match \$scrypt\$ln=\d{1,2},r=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{8,128}\$(?<secret>[A-Za-z0-9+/]{20,256})
    match pbkdf2_sha(?:1|256|512)\$\d{1,9}\$[A-Za-z0-9]{1,64}\$(?<secret>[A-Za-z0-9+/]{27,128}={0,2})
    match \{(?:SSHA|SHA)(?:256|512)?\}(?<secret>[A-Za-z0-9+/]{27,128}={0,2})
    entropy 3
    yes root:$6${alnum:16}${alnum:86}:19700:0:99999:7:::
    yes root:$y$j9T${alnum:22}${alnum:43}:19700:0:99999:7:::
    yes user:$2y$05${alnum:53}
    yes user:$apr1${alnum:8}${alnum:22}
    yes $argon2id$v=19$m=65536,t=3,p=4${alnum:22}${alnum:43}
    yes user:{SHA}{base64:27}=
    yes pbkdf2_sha256$600000${alnum:22}${base64:43}=
    no daemon:*:19700:0:99999:7:::
    no $2b$12${same:53}

    [one-time-password-seed] Seed of one-time passwords
    match otpauth://[a-z]{4}/[^\s?"']{0,256}\?(?:(?!secret)[^\s"']){0,256}secret=(?<secret>[A-Za-z2-7]{16,128})
    entropy 2.5
    yes otpauth://totp/Example:a@b.org?issuer=B&secret={base32:32}
    no otpauth://totp/Label?secret={same:32}
    """#
}
