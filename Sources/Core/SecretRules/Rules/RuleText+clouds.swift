extension RuleText {
  /// Where programs run.
  static let clouds = #"""
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
    [aws-access-key-id] AWS access key id
    match (?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}
    entropy 3
    yes AKIA{base32:16}
    yes aws configure set aws_access_key_id ASIA{base32:16}
    no AKIA{same:16}
    no AKIAIOSFODNN7EXAMPLE

    [aws-secret-key] AWS secret access key or session token
    name (?i)(?:aws(?:(?!secret|session|token|sk)[\w.-]){0,24}(?:secret|session|token|sk)[\w.-]{0,24}|secret_?access_?key|secretkey)
    value [A-Za-z0-9/+]{40}
    value [A-Za-z0-9/+=]{100,1200}
    entropy 3.5
    yes aws_secret_access_key = {base64:40}
    yes "SecretAccessKey": "{base64:40}"
    yes AWS_SESSION_TOKEN={base64:300}
    no aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    no aws_secret_name = production

    [aws-bedrock-key] Amazon Bedrock API key
    match ABSK[A-Za-z0-9+/]{109,269}={0,2}
    match bedrock-api-key-[A-Za-z0-9+/=]{100,2000}
    entropy 3
    yes ABSK{base64:128}
    yes bedrock-api-key-{base64:300}
    no bedrock-api-key-rotation

    [amazon-mws-token] Amazon MWS authentication token
    match amzn\.mws\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes amzn.mws.{uuid}
    no amzn.mws.00000000-0000-0000-0000-000000000000

    [google-api-key] Google API key
    match AIza[A-Za-z0-9_-]{35}
    entropy 3
    yes AIza{alnum:35}
    yes https://maps.googleapis.com/maps/api/js?key=AIza{alnum:35}&v=3
    no AIza{same:35}

    [google-oauth-token] Google OAuth access or refresh token
    match ya29\.[A-Za-z0-9_-]{20,2048}
    match 1//0[A-Za-z0-9_-]{40,128}
    entropy 3
    yes ya29.{alnum:160}
    yes 1//0{alnum:60}
    no ya29.{same:40}
    no 1//0

    [google-oauth-secret] Google OAuth client secret
    match GOCSPX-[A-Za-z0-9_-]{28}
    entropy 3
    yes GOCSPX-{alnum:28}
    no GOCSPX-{same:28}

    [google-service-account] Google service account key id
    match (?i)"private_key_id"\s{0,4}:\s{0,4}"(?<secret>[0-9a-f]{40})"
    entropy 3
    yes {"type": "service_account", "private_key_id": "{hex:40}"}
    no {"private_key_id": "{same:40}"}

    [google-storage-key] Google Cloud Storage HMAC key
    match GOOG1E[A-Z0-9]{55}
    match GOOG[A-Z0-9]{20}
    entropy 3
    yes GOOG1E{uppernum:55}
    no GOOGLE{upper:8}

    # https://learn.microsoft.com/en-us/azure/storage/common/storage-configure-connection-string
    [azure-storage-key] Azure storage, Cosmos DB or Batch account key
    match (?i)AccountKey\s{0,2}=\s{0,2}(?<secret>[A-Za-z0-9+/]{86}==)
    match (?i)azure[\w.-]{0,40}["']?\s{0,4}[:=]\s{0,4}["']?(?<secret>[A-Za-z0-9+/]{86}==)
    entropy 4
    yes DefaultEndpointsProtocol=https;AccountName=a;AccountKey={base64:86}==;EndpointSuffix=core.windows.net
    yes AZURE_STORAGE_KEY="{base64:86}=="
    no AccountKey={same:86}==

    [azure-shared-access-key] Azure Service Bus, Event Hubs or IoT Hub key
    match (?i)SharedAccessKey\s{0,2}=\s{0,2}(?<secret>[A-Za-z0-9+/]{43}=)
    entropy 3.5
    yes Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey={base64:43}=
    no SharedAccessKey={same:43}=

    [azure-client-secret] Azure Active Directory client secret
    match [A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}
    entropy 3
    yes {alnum:3}8Q~{alnum:34}
    no {alnum:3}8Q~{same:34}

    [azure-shared-access-signature] Signature of an Azure shared access URL
    match [?&]sig=(?<secret>[A-Za-z0-9%/+]{40,64}(?:=|%3[Dd])?)
    match &amp;sig=(?<secret>[A-Za-z0-9%/+]{40,64}(?:=|%3[Dd])?)
    entropy 3.5
    yes https://a.blob.core.windows.net/c?sv=2024-11-04&sr=c&sig={alnum:41}%2B%3D
    no https://a.blob.core.windows.net/c?sv=2024-11-04&sig={same:43}

    [azure-devops-token] Azure DevOps personal access token
    match [A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}
    entropy 3.5
    yes {alnum:76}AZDO{alnum:4}
    no {same:76}AZDO{same:4}

    [azure-function-key] Azure service key with its checksum mark
    match [A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==
    match [A-Za-z0-9+/]{42}(?:AzSe|\+ACR|\+AMC)[A-Za-z0-9+/]{5,6}={0,2}
    entropy 3.5
    yes {alnum:44}AzFu{alnum:5}Q==
    yes key={alnum:42}AzSe{alnum:6}
    no {same:44}AzFu{same:5}Q==

    [digitalocean-token] DigitalOcean personal, OAuth or refresh token
    match do[opr]_v1_[a-f0-9]{64}
    entropy 3
    yes dop_v1_{hex:64}
    yes doo_v1_{hex:64}
    yes dor_v1_{hex:64}
    no dop_v1_{same:64}

    [cloudflare-origin-ca-key] Cloudflare origin CA key
    match v1\.0-[a-f0-9]{24}-[a-f0-9]{146}
    entropy 3
    yes v1.0-{hex:24}-{hex:146}
    no v1.0-{same:24}-{same:146}

    [cloudflare-token] Cloudflare API token or global key
    vendor cloudflare|cf_api|cf_token
    value (?i)[a-z0-9_-]{40}
    value (?i)[a-f0-9]{37}
    entropy 3
    yes CLOUDFLARE_API_TOKEN={alnum:40}
    yes cloudflare_api_key: "{hex:37}"
    no CLOUDFLARE_API_TOKEN={same:40}

    [fly-io-token] Fly.io access token
    match fo1_[A-Za-z0-9_-]{43}
    match fm[12][ar]?_[A-Za-z0-9+/]{100,2048}={0,3}
    entropy 3
    yes fo1_{alnum:43}
    yes FlyV1 fm2_{base64:300}
    no fo1_{same:43}

    [heroku-key] Heroku API key
    match HRKU-(?:AA[A-Za-z0-9_-]{58}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})
    entropy 3
    yes HRKU-AA{alnum:58}
    yes HRKU-{uuid}
    no HRKU-AA{same:58}

    [heroku-named-key] Heroku API key of the older kind
    vendor heroku
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes const HEROKU_KEY = "{uuid}"
    no HEROKU_APP_ID={uuid}

    [netlify-token] Netlify access token
    match nf[puobc]_[A-Za-z0-9]{36}
    entropy 3
    yes nfp_{alnum:36}
    no nfp_{same:36}

    [netlify-named-token] Netlify access token of the older kind
    vendor netlify
    value (?i)[a-z0-9=_-]{40,46}
    entropy 3
    yes NETLIFY_AUTH_TOKEN={alnum:43}
    no NETLIFY_AUTH_TOKEN={same:43}

    [vercel-token] Vercel access or blob token
    match vc[pkiar]_[A-Za-z0-9]{24,64}
    match vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30}
    entropy 3
    yes vcp_{alnum:56}
    yes vercel_blob_rw_{alnum:16}_{alnum:30}
    no vcp_{same:56}

    [vercel-named-token] Vercel access token of the older kind
    vendor vercel
    value [A-Za-z0-9]{24}
    entropy 3
    yes VERCEL_TOKEN={alnum:24}
    no VERCEL_TOKEN={same:24}

    [render-key] Render API key
    match rnd_[A-Za-z0-9]{28,32}
    entropy 3
    yes rnd_{alnum:32}
    no rnd_{same:32}

    [scalingo-token] Scalingo API token
    match tk-us-[A-Za-z0-9_-]{48}
    entropy 3
    yes tk-us-{alnum:48}
    no tk-us-{same:48}

    [hetzner-token] Hetzner Cloud, Linode or Vultr API token
    vendor hcloud|hetzner|linode|vultr
    value (?i)[a-z0-9]{36}
    value (?i)[a-z0-9]{64}
    entropy 3
    yes HCLOUD_TOKEN={alnum:64}
    yes LINODE_TOKEN={hex:64}
    yes VULTR_API_KEY={uppernum:36}
    no HCLOUD_TOKEN={same:64}

    [alibaba-access-key] Alibaba Cloud access key id
    match LTAI[A-Za-z0-9]{17,21}
    entropy 3
    yes LTAI{alnum:20}
    no LTAI{same:20}

    [alibaba-secret-key] Alibaba Cloud secret key
    vendor alibaba|aliyun|alicloud
    value (?i)[a-z0-9]{30}
    entropy 3
    yes ALIBABA_CLOUD_ACCESS_KEY_SECRET={alnum:30}
    no ALIYUN_SECRET={same:30}

    [tencent-access-key] Tencent Cloud secret id
    match AKID[A-Za-z0-9]{32}
    entropy 3
    yes AKID{alnum:32}
    no AKID{same:32}

    [yandex-token] Yandex Cloud key or token
    match AQVN[A-Za-z0-9_-]{35,38}
    match t1\.[A-Za-z0-9_-]{10,300}={0,2}\.[A-Za-z0-9_-]{86}={0,2}
    match YCA[A-Za-z0-9_-]{37}
    entropy 3
    yes AQVN{alnum:36}
    yes t1.{alnum:60}.{alnum:86}
    yes YCA{alnum:37}
    no AQVN{same:36}

    [openshift-token] OpenShift user token
    match sha256~[A-Za-z0-9_-]{43}
    entropy 3
    yes sha256~{alnum:43}
    no sha256~{same:43}

    [ibm-cloud-key] IBM Cloud API key
    vendor ibm|bluemix
    value [A-Za-z0-9_-]{44}
    entropy 3.5
    yes IBMCLOUD_API_KEY={alnum:44}
    no IBMCLOUD_API_KEY={same:44}
    """#
}
