extension RuleText {
  /// Services of language models.
  static let models = #"""
    [anthropic-key] Anthropic API, admin or OAuth key
    match sk-ant-(?:api|admin|oat|ort|sid)\d{2}-[A-Za-z0-9_-]{80,128}
    entropy 3
    yes sk-ant-api03-{alnum:93}AA
    yes sk-ant-admin01-{alnum:93}AA
    yes sk-ant-oat01-{alnum:86}-{alnum:6}AA
    no sk-ant-api03-{same:93}AA
    no sk-ant-api03-

    [openai-key] OpenAI API key
    match sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,256}
    match sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}
    entropy 3
    yes sk-{alnum:20}T3Blbk{}FJ{alnum:20}
    yes sk-proj-{alnum:74}T3Blbk{}FJ{alnum:74}
    yes sk-svcacct-{alnum:58}T3Blbk{}FJ{alnum:58}
    no sk-proj-{same:74}
    no task-{alnum:12}

    [model-service-key] Key of OpenRouter, DeepSeek, Stability or a service with keys like theirs
    match sk-or-v1-[0-9a-f]{64}
    match sk-[a-f0-9]{32}
    match sk-[A-Za-z0-9]{48}
    entropy 3.2
    yes sk-or-v1-{hex:64}
    yes sk-{hex:32}
    yes sk-{alnum:48}
    no sk-{same:48}
    no disk-{hex:32}

    [huggingface-token] Hugging Face access or organization token
    match hf_[A-Za-z]{34}
    match api_org_[A-Za-z]{34}
    entropy 3
    yes hf_{alpha:34}
    yes api_org_{alpha:34}
    no hf_{same:34}
    no elf_{alpha:10}

    [replicate-token] Replicate API token
    match r8_[A-Za-z0-9]{37}
    entropy 3
    yes r8_{alnum:37}
    no r8_{same:37}

    [groq-key] Groq or xAI API key
    match gsk_[A-Za-z0-9]{52}
    match xai-[A-Za-z0-9]{80}
    entropy 3
    yes gsk_{alnum:52}
    yes xai-{alnum:80}
    no gsk_{same:52}

    [perplexity-key] Perplexity API key
    match pplx-[A-Za-z0-9]{48}
    entropy 3
    yes pplx-{alnum:48}
    no pplx-{same:48}

    [cohere-key] Cohere, Mistral, Together or DeepInfra API key
    vendor cohere|co_api|mistral|together|deepinfra|elevenlabs|assemblyai|deepgram
    value [A-Za-z0-9]{40}
    value [A-Za-z0-9]{32}
    value [a-f0-9]{64}
    entropy 3
    yes CO_API_KEY={alnum:40}
    yes MISTRAL_API_KEY={alnum:32}
    yes TOGETHER_API_KEY={hex:64}
    no CO_API_KEY={same:40}

    [langsmith-key] LangSmith or Langfuse key
    match lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}
    match sk-lf-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}
    entropy 3
    yes lsv2_pt_{hex:32}_{hex:10}
    yes sk-lf-{uuid}
    no lsv2_pt_{same:32}_{same:10}

    [pinecone-key] Pinecone API key
    match pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,65}
    entropy 3
    yes pcsk_{alnum:5}_{alnum:63}
    no pcsk_{same:5}_{same:63}

    [weights-and-biases-key] Weights & Biases API key
    vendor wandb
    value [a-f0-9]{40}
    entropy 3
    yes WANDB_API_KEY={hex:40}
    no WANDB_API_KEY={same:40}

    [tavily-key] Tavily, Exa, Firecrawl or E2B key
    match tvly-(?:dev-|prod-)?[A-Za-z0-9]{32}
    match fc-[a-f0-9]{32}
    match e2b_[a-f0-9]{40}
    entropy 3
    yes tvly-{alnum:32}
    yes fc-{hex:32}
    yes e2b_{hex:40}
    no tvly-{same:32}

    [nvidia-key] NVIDIA API key
    match nvapi-[A-Za-z0-9_-]{64}
    entropy 3
    yes nvapi-{alnum:64}
    no nvapi-{same:64}

    [model-service-named-key] Key of a service of language models given to a name that says so
    vendor openai|anthropic|claude|gemini|litellm|fireworks|cerebras|deepseek
    value random
    entropy 3.5
    yes OPENAI_API_KEY={alnum:51}
    no OPENAI_API_KEY={same:51}
    no OPENAI_API_KEY=your-openai-api-key-goes-right-here-1
    """#
}
