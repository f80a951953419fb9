extension RuleText {
  static let forges = #"""
    [github-personal-token] GitHub personal access token (classic)
    match ghp_[A-Za-z0-9]{36}
    entropy 3
    yes ghp_{alnum:36}
    yes remote: "https://ghp_{alnum:36}@github.com/o/r"
    no ghp_{same:36}
    no ghp_{alnum:12}

    [github-fine-grained-token] GitHub fine-grained personal access token
    match github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}
    entropy 3
    yes github_pat_{alnum:22}_{alnum:59}
    no github_pat_{alnum:22}

    [github-app-token] GitHub OAuth, app, installation or refresh token
    match gh[ousr]_[A-Za-z0-9]{36,255}
    entropy 3
    yes gho_{alnum:36}
    yes ghs_{alnum:36}
    yes ghr_{alnum:76}
    no ghs_{same:36}

    [gitlab-personal-token] GitLab personal, project or group access token
    match glpat-[A-Za-z0-9_-]{20}
    entropy 3
    yes glpat-{alnum:20}
    no glpat-{same:20}
    """#
}
