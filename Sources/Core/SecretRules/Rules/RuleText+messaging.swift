extension RuleText {
  /// Where messages are sent and people are met.
  static let messaging = #"""
    # https://api.slack.com/concepts/token-types
    [slack-token] Slack bot, user, app, configuration or legacy token
    match xox[abposr]-(?:\d-)?[A-Za-z0-9-]{10,250}
    match xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{140,200}
    match xox[cd]-[A-Za-z0-9%/+=-]{40,400}
    match xapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[a-z0-9]{32,80}
    match xwfp-[A-Za-z0-9-]{20,250}
    entropy 2.8
    yes xoxb-{digit:12}-{digit:12}-{alnum:24}
    yes xoxp-{digit:12}-{digit:12}-{digit:12}-{hex:32}
    yes xapp-1-A{uppernum:10}-{digit:13}-{hex:64}
    yes xoxe.xoxp-1-{alnum:164}
    yes xoxe-1-{alnum:146}
    yes xoxs-{digit:12}-{digit:10}-{digit:10}-{hex:10}
    yes xoxa-2-{alnum:40}
    no xoxb-{same:12}
    no xoxb-your-bot-token-goes-here
    no foxoxb-{digit:12}

    [slack-webhook] Slack webhook URL
    match hooks\.slack\.com/(?:services|workflows|triggers)/(?<secret>[A-Za-z0-9+/]{43,80})
    entropy 3
    yes https://hooks.slack.com/services/T{uppernum:8}/B{uppernum:8}/{alnum:24}
    no https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX

    [teams-webhook] Microsoft Teams or Power Automate webhook URL
    match \.webhook\.office\.com/webhookb2/(?<secret>[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[a-f0-9]{32}/[0-9a-f-]{36})
    entropy 3
    yes https://corp.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}
    no https://corp.webhook.office.com/webhookb2/ID

    [discord-webhook] Discord webhook URL
    match discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{17,20}/(?<secret>[A-Za-z0-9_-]{60,80})
    entropy 3
    yes https://discord.com/api/webhooks/{digit:18}/{alnum:68}
    no https://discord.com/api/webhooks/{digit:18}/{same:68}

    [discord-token] Discord bot token
    match [MNO][DTjz][AEIMQUYcgk][A-Za-z0-9_-]{20,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}
    entropy 3.5
    yes MTA{alnum:23}.{alnum:6}.{alnum:38}
    no MTA{same:23}.{same:6}.{same:38}

    [discord-named-token] Discord client secret or public key
    vendor discord
    value (?i)[a-f0-9]{64}
    value (?i)[a-z0-9=_-]{32}
    entropy 3
    yes DISCORD_CLIENT_SECRET={alnum:32}
    yes discord_api_token: "{hex:64}"
    no DISCORD_CLIENT_SECRET={same:32}

    # https://core.telegram.org/bots/api#authorizing-your-bot
    [telegram-bot-token] Telegram bot token
    match \d{5,16}:A[A-Za-z0-9_-]{34}
    match (?i)api\.telegram\.org/bot(?<secret>\d{5,16}:[A-Za-z0-9_-]{35})
    entropy 3
    yes {digit:9}:AA{alnum:33}
    yes https://api.telegram.org/bot{digit:10}:AA{alnum:33}/sendMessage
    no {digit:9}:AA{same:33}
    no 10:Another-line-of-an-ordinary-log-here

    [twilio-key] Twilio API key
    match SK[0-9a-fA-F]{32}
    entropy 3
    yes SK{hex:32}
    no SK{same:32}
    no TASK{hex:32}

    [twilio-auth-token] Twilio auth token
    vendor twilio
    value (?i)[a-f0-9]{32}
    entropy 3
    yes TWILIO_AUTH_TOKEN={hex:32}
    no TWILIO_AUTH_TOKEN={same:32}

    [sendgrid-key] SendGrid API key
    match SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}
    entropy 3
    yes SG.{alnum:22}.{alnum:43}
    no SG.{same:22}.{same:43}

    [mailgun-key] Mailgun private, public or signing key
    match (?:pub)?key-[a-f0-9]{32}
    entropy 3
    yes key-{hex:32}
    yes pubkey-{hex:32}
    no key-{same:32}

    [mailgun-named-key] Mailgun key given to a name that says so
    vendor mailgun
    value (?i)[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}
    entropy 3
    yes MAILGUN_API_KEY={hex:32}-{hex:8}-{hex:8}
    no MAILGUN_API_KEY={same:32}-{same:8}-{same:8}

    [mailchimp-key] Mailchimp API key
    match [0-9a-f]{32}-us\d{1,2}
    entropy 3
    yes {hex:32}-us20
    no {same:32}-us20

    [brevo-key] Brevo (Sendinblue) API or SMTP key
    match xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}
    match xsmtpsib-[a-f0-9]{64}-[A-Za-z0-9]{16}
    entropy 3
    yes xkeysib-{hex:64}-{alnum:16}
    no xkeysib-{same:64}-{same:16}

    [resend-key] Resend, Postmark or Loops key
    match re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}
    entropy 3.3
    yes re_{alnum:8}_{alnum:24}
    no re_{same:8}_{same:24}

    [facebook-token] Facebook access token
    match EAA[MC][A-Za-z0-9]{100,400}
    match \d{15,16}%7C[A-Za-z0-9_-]{27,40}
    entropy 3
    yes EAAC{alnum:180}
    yes {digit:15}%7C{alnum:27}
    no EAAC{same:180}

    [facebook-secret] Facebook or Instagram app secret
    vendor facebook|instagram
    value (?i)[a-f0-9]{32}
    value \d{15,16}\|[A-Za-z0-9_-]{27,40}
    entropy 3
    yes FACEBOOK_APP_SECRET={hex:32}
    yes FACEBOOK_TOKEN="{digit:15}|{alnum:27}"
    no FACEBOOK_APP_SECRET={same:32}

    [twitter-token] Twitter access token, secret or bearer token
    match AAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{59,100}
    entropy 3
    yes AAAAAAAAAAAAAAAAAAAAA{alnum:80}
    no AAAAAAAAAAAAAAAAAAAAA{same:80}

    [twitter-named-token] Twitter key given to a name that says so
    vendor twitter
    value (?i)\d{15,25}-[a-z0-9]{20,40}
    value (?i)[a-z0-9]{50}
    value (?i)[a-z0-9]{45}
    value (?i)[a-z0-9]{25}
    entropy 3
    yes twitter_api_secret = "{alnum:50}"
    yes TWITTER_ACCESS_TOKEN={digit:15}-{alnum:30}
    no twitter_api_secret = "{same:50}"

    [linkedin-secret] LinkedIn, Twitch or Spotify client secret
    vendor linkedin|linked_in|linked-in|twitch|spotify
    value (?i)[a-z0-9]{32}
    value (?i)[a-z0-9]{30}
    value (?i)[a-z0-9]{16}
    value WPL_AP1\.[A-Za-z0-9]{16}\.[A-Za-z0-9+/=]{8}
    entropy 3
    yes LINKEDIN_CLIENT_SECRET={alnum:16}
    yes TWITCH_TOKEN={lowernum:30}
    yes SPOTIFY_CLIENT_SECRET={hex:32}
    no TWITCH_TOKEN={same:30}

    [mattermost-token] Mattermost, Gitter, Zulip, MessageBird or Sendbird token
    vendor mattermost|gitter|zulip|messagebird|message_bird|message-bird|sendbird|intercom
    value (?i)[a-z0-9=_-]{60}
    value (?i)[a-z0-9_-]{40}
    value (?i)[a-z0-9]{32}
    value (?i)[a-z0-9]{25,26}
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes mattermost_token = "{lowernum:26}"
    yes GITTER_TOKEN={hex:40}
    yes messagebird_api_key: "{alnum:25}"
    yes SENDBIRD_ACCESS_TOKEN={uuid}
    yes INTERCOM_API_KEY={alnum:60}
    no mattermost_token = "{same:26}"
    """#
}
