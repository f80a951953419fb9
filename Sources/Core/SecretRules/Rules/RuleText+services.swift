extension RuleText {
  /// Everything else that people sign in to.
  static let services = #"""
    [notion-token] Notion integration token
    match ntn_\d{11}[A-Za-z0-9]{35}
    match secret_[A-Za-z0-9]{43}
    entropy 3
    yes ntn_{digit:11}{alnum:35}
    yes secret_{alnum:43}
    no secret_{same:43}

    [figma-token] Figma access token
    match fig[dou][hr]?_[A-Za-z0-9_-]{40,64}
    entropy 3
    yes figd_{alnum:40}
    no figd_{same:40}

    [airtable-token] Airtable personal access token
    match pat[A-Za-z0-9]{14}\.[a-f0-9]{64}
    entropy 3
    yes pat{alnum:14}.{hex:64}
    no pat{same:14}.{same:64}

    [airtable-key] Airtable API key
    vendor airtable
    value (?:key)?[A-Za-z0-9]{14}
    value (?i)[a-z0-9]{17}
    entropy 3
    yes AIRTABLE_API_KEY=key{alnum:14}
    no AIRTABLE_API_KEY={same:17}

    [asana-token] Asana access token or client secret
    vendor asana
    value \d/\d{16,17}(?:/\d{16,17})?:[0-9a-f]{32}
    value (?i)[a-z0-9]{32}
    entropy 3
    yes ASANA_ACCESS_TOKEN=1/{digit:16}:{hex:32}
    yes ASANA_CLIENT_SECRET={hex:32}
    no ASANA_ACCESS_TOKEN=1/{digit:16}:{same:32}

    # https://developer.okta.com/docs/guides/create-an-api-token/
    [okta-token] Okta API token
    match (?i)SSWS\s{1,4}(?<secret>00[a-z0-9_-]{38,42})
    entropy 3
    yes Authorization: SSWS 00{alnum:40}
    no Authorization: SSWS 00{same:40}

    [okta-named-token] Okta API token given to a name that says so
    vendor okta
    value (?i)00[a-z0-9_=-]{38,42}
    entropy 3
    yes OKTA_API_TOKEN=00{alnum:40}
    no OKTA_API_TOKEN=00{same:40}

    [auth0-secret] Auth0 or Clerk client secret
    vendor auth0|clerk
    value [A-Za-z0-9_-]{64}
    entropy 3.5
    yes AUTH0_CLIENT_SECRET={alnum:64}
    no AUTH0_CLIENT_SECRET={same:64}

    [dropbox-token] Dropbox access token or secret
    match sl\.(?:u\.)?[A-Za-z0-9_=-]{130,2048}
    match [A-Za-z0-9]{11}AAAAAAAAAA[A-Za-z0-9_=-]{43}
    entropy 3
    yes sl.{alnum:136}
    yes {alnum:11}AAAAAAAAAA{alnum:43}
    no sl.{same:136}

    [hubspot-token] HubSpot private app token
    match pat-(?:na|eu|ap)\d-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes pat-na1-{uuid}
    no pat-na1-00000000-0000-0000-0000-000000000000

    [hubspot-key] HubSpot, Squarespace or Pipedrive API key
    vendor hubspot|squarespace|pipedrive
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    value (?i)[a-f0-9]{40}
    entropy 3
    yes HUBSPOT_API_KEY={uuid}
    no HUBSPOT_API_KEY=00000000-0000-0000-0000-000000000000

    [contentful-token] Contentful access token
    match CFPAT-[A-Za-z0-9_-]{43}
    entropy 3
    yes CFPAT-{alnum:43}
    no CFPAT-{same:43}

    [contentful-named-token] Contentful delivery token
    vendor contentful
    value (?i)[a-z0-9=_-]{43}
    entropy 3
    yes CONTENTFUL_ACCESS_TOKEN={alnum:43}
    no CONTENTFUL_ACCESS_TOKEN={same:43}

    [algolia-key] Algolia, Fastly or Bunny key
    vendor algolia|fastly|bunnycdn|bunny_net
    value (?i)[a-z0-9=_-]{32}
    entropy 3
    yes ALGOLIA_API_KEY={hex:32}
    yes FASTLY_API_TOKEN={alnum:32}
    no ALGOLIA_API_KEY={same:32}

    [adobe-secret] Adobe client secret
    match p8e-[A-Za-z0-9-]{32}
    entropy 3
    yes p8e-{alnum:32}
    no p8e-{same:32}

    [adobe-client-id] Adobe, Adafruit, Etsy, Flickr or New York Times key
    vendor adobe|adafruit|etsy|flickr|nytimes|new-york-times|newyorktimes
    value (?i)[a-z0-9=_-]{32}
    value (?i)[a-z0-9]{24}
    entropy 3
    yes adafruit_api_key = "{alnum:32}"
    yes ADOBE_API_KEY={hex:32}
    yes ETSY_TOKEN={alnum:24}
    no adafruit_api_key = "{same:32}"

    [typeform-token] Typeform access token
    match tfp_[A-Za-z0-9_.=-]{40,59}
    entropy 3
    yes tfp_{alnum:59}
    no tfp_{same:59}

    [beamer-token] Beamer API token
    vendor beamer
    value b_[A-Za-z0-9=_-]{44}
    entropy 3
    yes BEAMER_API_TOKEN=b_{alnum:44}
    no BEAMER_API_TOKEN=b_{same:44}

    [mapbox-token] Mapbox secret token
    match sk\.eyJ[A-Za-z0-9_-]{60,200}\.[A-Za-z0-9_-]{22}
    match pk\.eyJ[A-Za-z0-9_-]{60,200}\.[A-Za-z0-9_-]{22}
    match pk\.[a-z0-9]{60}\.[a-z0-9]{22}
    entropy 3
    yes sk.eyJ{alnum:80}.{alnum:22}
    no sk.eyJ{same:80}.{same:22}

    [maxmind-key] MaxMind license key
    match [A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk
    entropy 3
    yes {alnum:6}_{alnum:29}_mmk
    no {same:6}_{same:29}_mmk

    [frame-io-token] Frame.io API token
    match fio-u-[A-Za-z0-9_=-]{64}
    entropy 3
    yes fio-u-{alnum:64}
    no fio-u-{same:64}

    [authress-key] Authress service access key
    match (?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][A-Za-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}
    entropy 3
    yes sc_{alnum:10}.{alnum:4}.acc-{alnum:12}.{alnum:40}
    no sc_{same:10}.{same:4}.acc-{same:12}.{same:40}

    [intra42-secret] Intra42 client secret
    match s-s4t2(?:ud|af)-[a-f0-9]{64}
    entropy 3
    yes s-s4t2ud-{hex:64}
    no s-s4t2ud-{same:64}

    [settlemint-token] SettleMint access token
    match sm_(?:pat|aat|sat)_[A-Za-z0-9]{16}
    entropy 3
    yes sm_pat_{alnum:16}
    no sm_pat_{same:16}

    [trello-key] Trello, Zendesk, Zapier or Looker key
    vendor trello|zendesk|zapier|looker
    value (?i)ATTA[a-f0-9]{72}
    value (?i)[a-z0-9]{64}
    value (?i)[a-z0-9]{40}
    value (?i)[a-z0-9-]{32}
    value (?i)[a-z0-9]{24}
    value (?i)[a-z0-9]{20}
    entropy 3
    yes TRELLO_ACCESS_TOKEN={alnum:32}
    yes ZENDESK_SECRET_KEY={alnum:40}
    yes looker_client_secret: "{alnum:24}"
    no TRELLO_ACCESS_TOKEN={same:32}

    [yandex-named-key] Yandex, VK or Mail.ru key given to a name that says so
    vendor yandex|vkontakte|mailru
    value y[0-3]_[A-Za-z0-9_-]{50,64}
    value (?i)[a-z0-9]{32}
    entropy 3
    yes YANDEX_OAUTH_TOKEN=y0_{alnum:56}
    no YANDEX_OAUTH_TOKEN={same:32}

    [apify-token] Apify, Clay or Browserless token
    match apify_api_[A-Za-z0-9]{34,40}
    entropy 3
    yes apify_api_{alnum:36}
    no apify_api_{same:36}

    [posthog-key] PostHog personal API key
    match phx_[A-Za-z0-9]{43,48}
    entropy 3
    yes phx_{alnum:43}
    no phx_{same:43}

    [statsig-key] Statsig or ConfigCat key
    match (?:secret|console)-[A-Za-z0-9]{40,48}
    entropy 3.5
    yes secret-{alnum:43}
    no secret-{same:43}
    """#
}
