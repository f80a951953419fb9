extension RuleText {
  /// Where protocols and files keep what lets somebody in, whoever issued it.
  static let general = #"""
    # RFC 3986, 3.2.1; a password may have been written without the escapes that it needs
    [url-password] Password in a URL or a connection string
    match [A-Za-z0-9+.-]{2,40}://[^\s:/?#@'"<>\[\]{}`\\]{0,128}:(?<secret>[^\s/?#@'"<>`\\]{5,256})@[A-Za-z0-9\[$_{%(.-]
    entropy 2
    yes https://user:{alnum:12}@example.org/path
    yes postgres://app:{alnum:20}@db:5432/app?sslmode=require
    yes mongodb+srv://app:{alnum:20}@cluster0.mongodb.net
    yes redis://:{alnum:24}@10.0.0.3:6379/0
    yes amqp://guest1:p%40{alnum:10}@mq:5672
    yes jdbc:postgresql://app:{alnum:20}@db/app
    yes https://oauth2:{alnum:20}@git.example.org/a/b.git
    no https://user@example.org:8443/path
    no postgres://user:password@localhost/db
    no postgres://${USER}:${PASSWORD}@db/app
    no https://user:<password>@host
    no http://localhost:8080/@scope/package

    # RFC 9110, 11.6.2; RFC 6750; RFC 7617
    [authorization-header] Credentials in an authorization header
    match (?i)authorization(?:\\?["'])?\]?(?:\s{0,4}[:=,]\s{0,4}|%3A(?:%20|\+)?|\s{0,4}=>\s{0,4})(?:\\?["'`])?(?:bearer|basic|token|digest|negotiate|apikey|bot|ntlm)(?:\s{1,4}|%20|\+)(?=[A-Za-z._~+/-]{0,40}\d|[A-Za-z._~+/-]{24})(?<secret>[A-Za-z0-9._~+/-]{12,4096}={0,2})
    match (?i)["'`]bearer\s{1,2}(?<secret>[A-Za-z0-9._~+/-]{20,4096}={0,2})["'`]
    entropy 3
    yes Authorization: Bearer {alnum:40}
    yes authorization: Basic {base64:32}==
    yes curl -H "Authorization: token {hex:40}" https://api.example.org
    yes {"authorization": "Bearer {alnum:32}"}
    yes headers["Authorization"] = "Bearer {alnum:32}"
    yes Proxy-Authorization: Basic {base64:32}
    no Authorization: Bearer $TOKEN
    no Authorization: Bearer <token>
    no Authorization: Basic realm
    no WWW-Authenticate: Basic realm="site"

    [token-header] Token in a header
    name (?i)-(?:token|api-?key|auth-?key|access-?key|secret-?key|functions-key|client-?secret)
    value random
    entropy 3
    yes X-API-Key: {alnum:32}
    yes curl -H 'X-Auth-Token: {hex:32}'
    yes PRIVATE-TOKEN: {alnum:20}
    yes --access-token {alnum:32}
    no X-API-Key: <your key>
    no X-Token: {same:32}
    no x-next-token: {alnum:32}

    # RFC 6265, 4.1 and 4.2
    [session-cookie] Session in a cookie
    match (?i)cookie(?:\\?["'])?\s{0,2}[:=,]\s{0,4}(?:\\?["'])?(?:(?!(?:(?!sess|sid=|auth|token|jwt|ticket|remember)[a-z0-9_.-]){0,32}(?:sess|sid=|auth|token|jwt|ticket|remember))[a-z0-9_.-]{1,64}=[^;\s"']{0,256};\s?){0,16}(?:(?!sess|sid=|auth|token|jwt|ticket|remember)[a-z0-9_.-]){0,32}(?:sess|sid|auth|token|jwt|ticket|remember)[a-z0-9_.-]{0,32}=(?<secret>[^;\s"'\\,]{16,4096})
    entropy 3
    yes Set-Cookie: sessionid={alnum:32}; HttpOnly; Path=/
    yes Cookie: theme=dark; lang=en; JSESSIONID={HEX:32}
    yes "set-cookie": "connect.sid=s%3A{alnum:32}.{alnum:43}; Path=/"
    no Set-Cookie: sessionid=; Max-Age=0
    no Set-Cookie: theme=dark-mode-with-contrast; Path=/
    no Cookie: sessionid=deleted

    # https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    [presigned-url] Signature of a presigned URL
    match (?i)X-(?:Amz|Goog|Oss|Cos|Tos|Obs)-Signature(?:=|%3D)(?<secret>[0-9a-f]{40,1024})
    match (?i)X-Amz-Security-Token(?:=|%3D|:\s{0,2})(?<secret>[A-Za-z0-9%+/=_-]{40,4096})
    match (?i)(?:GoogleAccessId|AWSAccessKeyId|OSSAccessKeyId)=[^&\s"']{3,128}&(?:(?!Signature=)[^\s"'<>]){0,256}Signature=(?<secret>[A-Za-z0-9%+/=_-]{24,1024})
    match (?i)[?&]Key-Pair-Id=[A-Z0-9]{10,24}&(?:(?!Signature=)[^\s"'<>]){0,512}Signature=(?<secret>[A-Za-z0-9~_-]{40,1024})
    match (?i)[?&]Signature=(?<secret>[A-Za-z0-9%+/=_~-]{24,1024})&(?:(?!AccessId|AccessKeyId|Key-Pair-Id)[^\s"'<>]){0,256}(?:AccessId|AccessKeyId|Key-Pair-Id)=
    entropy 3
    yes https://b.s3.amazonaws.com/k?X-Amz-Date=20260101T000000Z&X-Amz-Signature={hex:64}
    yes https://storage.googleapis.com/b/o?X-Goog-Signature={hex:512}
    yes https://storage.googleapis.com/b/o?GoogleAccessId=a@b.iam.gserviceaccount.com&Expires=1767225600&Signature={alnum:340}%3D%3D
    yes https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIA&Expires=1767225600&Signature={alnum:26}%3D
    yes https://d1.cloudfront.net/k?Expires=1767225600&Signature={alnum:340}__&Key-Pair-Id=K{uppernum:13}
    no https://b.s3.amazonaws.com/k?X-Amz-Signature={same:64}

    [url-token] Token in a URL's query
    match (?i)[?&](?:access_token|refresh_token|id_token|auth_token|api_?key|apikey|client_secret|private_token|session_token|password|passwd|secret)=(?<secret>[^&\s"'<>#;)?\\]{12,2048})
    entropy 3
    yes https://api.example.org/v1?access_token={alnum:32}&page=2
    yes GET /login?user=a&password={alnum:14} HTTP/1.1
    no https://api.example.org/v1?access_token=YOUR_ACCESS_TOKEN
    no https://api.example.org/v1?api_key={api_key}

    [connection-string] Password in a connection string
    match (?i);\s?(?:password|pwd)\s?=\s?(?<secret>[^\s;"'<>&=,]{6,128})
    match (?:dbname|user|host|port|sslmode)=[^\s"'=]{1,64}\s{1,2}password=(?<secret>[^\s;"'<>&=,]{6,128})
    entropy 2.5
    yes Server=db;Database=app;User Id=app;Password={alnum:16};Encrypt=true
    yes host=db port=5432 user=app password={alnum:16} dbname=app
    yes jdbc:sqlserver://db:1433;databaseName=app;user=app;password={alnum:16}
    no Server=db;Database=app;User Id=app;Password=${PASSWORD};
    no host=db user=app password=password

    [command-line-password] Password on a command line
    match (?i)sshpass\s{1,4}-p\s{0,4}(?:"(?<secret>[^"$\n\r]{4,128})"|'(?<secret>[^'\n\r]{4,128})'|(?<secret>[^\s"'$-][^\s"']{3,128}))
    match curl\s(?:(?!-u|--user)[^\n\r]){0,120}(?:-u|--user)[\s=]{0,2}["']?[A-Za-z0-9_.@%+-]{1,64}:(?<secret>[^\s"'$:{<][^\s"']{5,128})
    match mysql(?:dump|admin)?\s(?:(?!-p|--password)[^\n\r]){0,120}(?:\s-p|--password=)["']?(?<secret>[^\s"'$=-][^\s"']{5,128})
    match PGPASSWORD=["']?(?<secret>[^\s"'$]{6,128})
    match MYSQL_PWD=["']?(?<secret>[^\s"'$]{6,128})
    match (?i)net use\s[^\n\r"]{0,100}/user:\S{1,64}\s(?<secret>[^\s"'$]{6,64})
    entropy 2.5
    yes sshpass -p "{alnum:12}" ssh root@host
    yes curl -s -u admin:{alnum:16} https://example.org
    yes PGPASSWORD={alnum:16} psql -h db
    yes mysql -u root --password={alnum:16} app
    no sshpass -p "$PASSWORD" ssh root@host
    no curl -u "$USER:$PASSWORD" https://example.org
    no curl -u user:password https://example.org

    # https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
    [netrc-password] Password in a .netrc file
    match machine[\s\n\r]{1,8}\S{1,128}[\s\n\r]{1,8}login[\s\n\r]{1,8}\S{1,128}[\s\n\r]{1,8}password[\s\n\r]{1,8}(?<secret>[^\s\n\r]{4,256})
    entropy 2
    only files
    yes machine example.org login me password {alnum:16}
    yes machine example.org\n  login me\n  password {alnum:16}\n
    no machine example.org login me password $PASSWORD

    # https://www.postgresql.org/docs/current/libpq-pgpass.html
    [pgpass-password] Password in a .pgpass file
    match [A-Za-z0-9.*_-]{1,128}:5432:[A-Za-z0-9_*-]{1,64}:[A-Za-z0-9_*-]{1,64}:(?<secret>[^\s:{$<][^\s:]{5,127})
    entropy 2.5
    yes db.example.org:5432:app:app:{alnum:16}
    no db.example.org:5432:app:app:password

    [secret-pair-in-json] Secret value in a list of names and values
    name (?i)(?:password|passwd|secret|token|api_?key)"\s{0,2},\s{0,2}"value
    value random
    value password
    entropy 3
    only files
    yes {"name":"DB_PASSWORD","value":"{alnum:20}"}
    no {"name":"DB_PASSWORD","value":"${DB_PASSWORD}"}

    # What no format gives away: a name that says so, and a value that nobody can have thought of.
    [generic-secret] Secret value given to a name that says so
    name (?i)(?:secret|token|credentials?|api[_-]?key|(?:access|auth|secret|private|signing|encryption|encrypt|master|service|account|admin|client|root|deploy|license|session|shared|storage|webhook|app|application|subscription|ssh|hmac|jwt)[_.-]?key|bearer)(?:[_.-]?(?:key|value|secret|token|hash|salt|base64|b64|plain|raw|prod|production|staging|stage|dev|test|live|default|old|new|main|primary|secondary|\d{1,3}))?
    value random
    entropy 3
    only files
    yes API_KEY={alnum:32}
    yes const apiSecret = "{alnum:24}";
    yes {"client_secret": "{alnum:40}"}
    yes let token: String = "{hex:40}"
    no API_KEY=${API_KEY}
    no token = get_token("session")
    no secret_name: my-application-secret-2024
    no PublicKeyToken=b77a5c561934e089
    no token: {uuid}.pdf
    no nextPageToken: "{alnum:32}"
    no self.token = self.config.token2

    [generic-password] Password given to a name that says so
    name (?i)(?:pass(?:word|wd|phrase|code)|passwd|pwd)(?:[_.-]?(?:key|value|secret|token|hash|salt|base64|b64|plain|raw|prod|production|staging|stage|dev|test|live|default|old|new|main|primary|secondary|\d{1,3}))?
    value random
    value password
    entropy 2.5
    only files
    yes DB_PASSWORD=kX9-{alnum:8}
    yes db.password: {alnum:16}
    yes 'password' => '{alnum:12}!',
    yes <password>{alnum:14}</password>
    no password = "password"
    no password: String
    no password=os.environ["PASSWORD"]
    no password_file: /run/secrets/db-password-1
    no "password": "Enter your password (8 characters)"
    """#
}
