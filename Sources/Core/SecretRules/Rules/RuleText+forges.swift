extension RuleText {
  /// Where source code is kept, built and reviewed.
  static let forges = #"""
    # https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
    [github-personal-token] GitHub personal access token (classic)
    match ghp_[A-Za-z0-9]{36}
    entropy 3
    yes ghp_{alnum:36}
    yes git clone https://ghp_{alnum:36}@github.com/o/r
    no ghp_{same:36}
    no ghp_{alnum:12}
    no ghp_{alnum:60}

    [github-fine-grained-token] GitHub fine-grained personal access token
    match github_pat_[A-Za-z0-9_]{82}
    entropy 3
    yes github_pat_{alnum:22}_{alnum:59}
    yes {"text":"use\u000agithub_pat_{alnum:22}_{alnum:59}"}
    no github_pat_{alnum:22}
    no github_pat_{same:82}

    [github-app-token] GitHub OAuth, app, installation or refresh token
    match gh[ousr]_[A-Za-z0-9]{36,255}
    entropy 3
    yes gho_{alnum:36}
    yes ghu_{alnum:36}
    yes ghs_{alnum:36}
    yes ghr_{alnum:76}
    no ghs_{same:36}
    no through_{alnum:10}

    # https://docs.gitlab.com/security/tokens/#token-prefixes
    [gitlab-token] GitLab access, deploy, runner, trigger, feed or agent token
    match glpat-[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{9}|\.[0-9a-z]{2}\.[0-9a-z]{9})?
    match (?:gldt|glft|glimt|glrtr|glsoat|glffct)-[A-Za-z0-9_-]{20,64}
    match glrt-(?:t\d_)?[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?
    match glptt-[0-9a-f]{40}
    match glcbt-[0-9a-zA-Z]{1,5}_[A-Za-z0-9_-]{20,64}
    match gloas-[A-Za-z0-9_-]{64}
    match glagent-[A-Za-z0-9_-]{50,128}
    match GR1348941[A-Za-z0-9_-]{20}
    entropy 3
    yes glpat-{alnum:20}
    yes glpat-{alnum:27}.01.{lowernum:9}
    yes gldt-{alnum:20}
    yes glft-{alnum:20}
    yes glimt-{alnum:25}
    yes glsoat-{alnum:20}
    yes glffct-{alnum:20}
    yes glrt-t1_{alnum:27}
    yes glptt-{hex:40}
    yes glcbt-64_{alnum:20}
    yes gloas-{alnum:64}
    yes glagent-{alnum:50}
    yes GR1348941{alnum:20}
    no glpat-{same:20}
    no glptt-{alnum:12}

    [gitlab-session] GitLab session cookie
    match _gitlab_session=(?<secret>[0-9a-z]{32})
    entropy 3
    yes Cookie: a=b; _gitlab_session={hex:32}
    no _gitlab_session={same:32}

    # https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/
    [bitbucket-token] Bitbucket app password or access token
    match ATBB[A-Za-z0-9]{32}
    match ATCTT3x[A-Za-z0-9_=-]{100,300}
    entropy 3
    yes ATBB{alnum:32}
    yes ATCTT3xFfGF0{alnum:170}={HEX:8}
    no ATBB{same:32}

    [bitbucket-secret] Bitbucket OAuth key or secret
    vendor bitbucket
    value (?i)[a-z0-9]{32}
    value (?i)[a-z0-9=_-]{64}
    entropy 3
    yes bitbucket_client_secret = "{alnum:32}"
    yes BITBUCKET_SECRET={alnum:64}
    no bitbucket_token = {same:32}

    [atlassian-token] Atlassian API token
    match ATATT3x[A-Za-z0-9_=-]{100,300}
    entropy 3
    yes ATATT3xFfGF0{alnum:170}={HEX:8}
    no ATATT3xFfGF0

    [atlassian-legacy-token] Atlassian API token of 24 characters
    vendor atlassian|confluence|jira
    value (?i)[a-z0-9]{24}
    entropy 3
    yes JIRA_API_TOKEN={alnum:24}
    no JIRA_API_TOKEN={same:24}

    # https://gitea.com; the same for Forgejo and Gogs
    [gitea-token] Gitea or Forgejo access token
    vendor gitea|forgejo|gogs
    value [0-9a-f]{40}
    entropy 3
    yes GITEA_TOKEN={hex:40}
    no FORGEJO_TOKEN={same:40}

    [sourcegraph-token] Sourcegraph access token
    match sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}
    match slk_[a-f0-9]{64}
    entropy 3
    yes sgp_{hex:16}_{hex:40}
    yes sgp_local_{hex:40}
    yes slk_{hex:64}
    no sgp_{same:40}

    [circleci-token] CircleCI personal or project token
    match CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[a-f0-9]{40}
    entropy 3
    yes CCIPAT_{alnum:22}_{hex:40}
    no CCIPAT_{same:22}_{same:40}

    [buildkite-token] Buildkite agent or API token
    match bk(?:ua|at|ct|aj)_[A-Za-z0-9]{40,64}
    entropy 3
    yes bkua_{hex:40}
    no bkua_{same:40}

    [travis-ci-token] Travis CI access token
    vendor travis
    value (?i)[a-z0-9_-]{22}
    entropy 3
    yes travis_token: "{alnum:22}"
    no travis_token: "{same:22}"

    [drone-ci-token] Drone CI access token
    vendor drone
    value (?i)[a-z0-9]{32}
    entropy 3
    yes DRONE_TOKEN={alnum:32}
    no DRONE_TOKEN={same:32}

    [jenkins-token] Jenkins API token
    vendor jenkins
    value (?:11)?[0-9a-f]{32}
    entropy 3
    yes JENKINS_API_TOKEN=11{hex:32}
    no JENKINS_API_TOKEN={same:34}

    [octopus-deploy-key] Octopus Deploy API key
    match API-[A-Z0-9]{26}
    entropy 3
    yes --apiKey API-{uppernum:26}
    no API-{upper:12}

    [sonarqube-token] SonarQube or SonarCloud token
    match sq[uap]_[a-f0-9]{40}
    entropy 3
    yes squ_{hex:40}
    yes sqp_{hex:40}
    no sqp_{same:40}

    [sonarqube-named-token] SonarQube or SonarCloud token of the older kind
    vendor sonar
    value (?i)[a-z0-9=_-]{40}
    entropy 3
    yes SONAR_TOKEN={hex:40}
    no SONAR_TOKEN={same:40}

    [codecov-token] Codecov upload token
    vendor codecov
    value (?i)[a-z0-9]{32}
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes CODECOV_TOKEN: {uuid}
    yes codecov_token = "{alnum:32}"
    no CODECOV_TOKEN: {same:32}

    [snyk-token] Snyk API token
    vendor snyk
    value (?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes SNYK_TOKEN={uuid}
    no SNYK_TOKEN=00000000-0000-0000-0000-000000000000

    [postman-key] Postman API key
    match PMAK-[a-f0-9]{24}-[a-f0-9]{34}
    entropy 3
    yes PMAK-{hex:24}-{hex:34}
    no PMAK-{same:24}-{same:34}

    [linear-token] Linear API key or OAuth secret
    match lin_(?:api|oauth)_[A-Za-z0-9]{40,64}
    entropy 3
    yes lin_api_{alnum:40}
    yes lin_oauth_{hex:64}
    no lin_api_{same:40}

    [readme-token] ReadMe API key
    match rdme_[a-z0-9]{70}
    entropy 3
    yes rdme_{lowernum:70}
    no rdme_{same:70}
    """#
}
