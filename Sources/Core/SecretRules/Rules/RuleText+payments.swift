extension RuleText {
  /// Where money moves.
  static let payments = #"""
    # https://docs.stripe.com/keys
    [stripe-key] Stripe secret or restricted key, or webhook secret
    match (?:sk|rk)_(?:test|live|prod)_[A-Za-z0-9]{10,128}
    match whsec_[A-Za-z0-9+/]{24,64}={0,2}
    entropy 2.8
    yes sk_live_{alnum:24}
    yes rk_test_{alnum:99}
    yes whsec_{alnum:32}
    no sk_live_{same:24}
    no task_test_{alnum:24}
    no sk_test_{}4eC39HqLyjWDarjtT1zdp7dc

    [square-token] Square access token or OAuth secret
    match EAAA[A-Za-z0-9_-]{60}
    match sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,60}
    entropy 3
    yes EAAA{alnum:60}
    yes sq0atp-{alnum:22}
    yes sq0csp-{alnum:43}
    no sq0atp-{same:22}

    [shopify-token] Shopify access token or shared secret
    match shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}
    entropy 3
    yes shpat_{hex:32}
    yes shpss_{hex:32}
    no shpat_{same:32}

    [paypal-token] PayPal or Braintree access token
    match access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}
    match A21AA[A-Za-z0-9_-]{80,100}
    entropy 3
    yes access_token$production${lowernum:16}${hex:32}
    yes A21AA{alnum:92}
    no access_token$production${same:16}${same:32}

    [plaid-token] Plaid access token
    match access-(?:sandbox|development|production)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes access-sandbox-{uuid}
    no access-sandbox-00000000-0000-0000-0000-000000000000

    [plaid-secret] Plaid client id or secret
    vendor plaid
    value (?i)[a-z0-9]{30}
    value (?i)[a-z0-9]{24}
    entropy 3
    yes PLAID_SECRET={hex:30}
    no PLAID_SECRET={same:30}

    [adyen-key] Adyen API key
    match AQE[a-z][A-Za-z0-9+/]{80,512}={0,2}-[A-Za-z0-9+/]{40,60}={0,2}-[A-Za-z0-9^&*<>{}()\[\]~!@#$%+=_,.?;:|/-]{8,40}
    entropy 3
    yes AQEy{alnum:100}-{base64:43}=-{alnum:16}
    no AQEy{same:100}

    [flutterwave-key] Flutterwave secret, public or encryption key
    match FLW(?:SECK|PUBK)(?:_TEST)?-[a-hA-H0-9]{32}-X
    match FLWSECK_TEST[a-hA-H0-9]{12}
    entropy 3
    yes FLWSECK_TEST-{hex:32}-X
    yes FLWPUBK-{hex:32}-X
    no FLWSECK_TEST-{same:32}-X

    [razorpay-key] Razorpay key id
    match rzp_(?:live|test)_[A-Za-z0-9]{14}
    entropy 3
    yes rzp_live_{alnum:14}
    no rzp_live_{same:14}

    [easypost-key] EasyPost API key
    match EZ[AT]K[A-Za-z0-9]{54}
    entropy 3
    yes EZAK{alnum:54}
    no EZTK{same:54}

    [shippo-token] Shippo API token
    match shippo_(?:live|test)_[a-fA-F0-9]{40}
    entropy 3
    yes shippo_live_{hex:40}
    no shippo_live_{same:40}

    [duffel-token] Duffel API token
    match duffel_(?:test|live)_[A-Za-z0-9_=-]{43}
    entropy 3
    yes duffel_live_{alnum:43}
    no duffel_live_{same:43}

    [mollie-key] Mollie, Lob, GoCardless or Cashfree key with its mode before it
    match (?:live|test)_(?:pub_)?[a-f0-9]{35}
    match (?:live|test)_[A-Za-z0-9]{30}
    match live_[A-Za-z0-9_=-]{40}
    match cfsk_ma_(?:prod|test)_[a-f0-9]{32}_[a-f0-9]{8}
    entropy 3.3
    yes live_{alnum:30}
    yes test_{hex:35}
    yes live_{alnum:40}
    no live_{same:30}
    no test_a_rule_that_has_a_very_long_name_here

    [coinbase-key] Coinbase, Kraken, KuCoin, Bittrex or Binance key
    vendor coinbase|kraken|kucoin|bittrex|binance
    value (?i)[a-z0-9/=_+-]{80,90}
    value (?i)[a-z0-9_-]{64}
    value (?i)[a-z0-9]{32}
    value (?i)[a-f0-9]{24}
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes coinbase_access_token = "{alnum:64}"
    yes KRAKEN_SECRET={base64:86}==
    yes kucoin_secret_key: {uuid}
    yes KUCOIN_ACCESS_TOKEN={hex:24}
    yes bittrex_secret_key = "{alnum:32}"
    no coinbase_access_token = "{same:64}"

    [finicity-key] Finicity, Finnhub, FreshBooks or RapidAPI key
    vendor finicity|finnhub|freshbooks|rapidapi
    value (?i)[a-z0-9_-]{50}
    value (?i)[a-z0-9]{64}
    value (?i)[a-f0-9]{32}
    value (?i)[a-z0-9]{20}
    entropy 3
    yes finicity_client_secret = "{alnum:20}"
    yes finicity_api_token = "{hex:32}"
    yes FINNHUB_TOKEN={lowernum:20}
    yes freshbooks_secret: "{hex:64}"
    yes RAPIDAPI_KEY={alnum:50}
    no finicity_api_token = "{same:32}"

    [ethereum-private-key] Private key of a wallet given to a name that says so
    name (?i)(?:private_?key|priv_?key|wallet_?key|deployer_?key|mnemonic_?key)
    value (?:0x)?[0-9a-fA-F]{64}
    entropy 3
    yes PRIVATE_KEY=0x{hex:64}
    no PRIVATE_KEY=0x{same:64}
    """#
}
