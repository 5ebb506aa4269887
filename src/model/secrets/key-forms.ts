// Keys whose form says whose they are and that secretlint has no rule for: one row a form, from the providers' documentation.
import { type Found, found } from './found.ts';
import { isBlankKey } from './looks-secret.ts';

const UUID = '[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}';

const FORMS: RegExp[] = [
  // tokens that carry their own structure
  /eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/, // JSON web token
  /AGE-SECRET-KEY-1[A-Z\d]{20,}/,
  // longer or shorter than secretlint's rules take them
  /gh[pousr]_[A-Za-z\d]{30,}/,
  /github_pat_\w{22,}/,
  /sk-(?:proj|svcacct|admin|ant|or|lf|kimi|None)-[\w-]{20,}/,
  // code and packages
  /gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\w-]{20,}/, // GitLab
  /pypi-[\w-]{50,}/,
  /rubygems_[\da-f]{48}/,
  /dckr_(?:pat|oat)_[\w-]{20,}/, // Docker Hub
  /ATATT3[\w=-]{50,}/, // Atlassian
  /ATBB[A-Za-z\d]{24,}/, // Bitbucket
  /cio[A-Za-z\d]{32}/, // crates.io
  /oy2[a-z\d]{43}/, // NuGet
  /CLOJARS_[\da-f]{60}/,
  /sq[pau]_[\da-f]{40}/, // SonarQube
  /CCIP(?:AT|RJ)_[A-Za-z\d]{22}_[\da-f]{40}/, // CircleCI
  /bk(?:ua|at|ct)_[\da-f]{40}/, // Buildkite
  // models
  /sk-[A-Za-z\d]{32,}/,
  /(?:hf|api_org)_[A-Za-z]{30,}/, // Hugging Face
  /gsk_[A-Za-z\d]{40,}/, // Groq
  /r8_[A-Za-z\d]{37}/, // Replicate
  /xai-[A-Za-z\d]{60,}/,
  /pplx-[A-Za-z\d]{40,}/, // Perplexity
  /lsv2_(?:pt|sk)_[\da-f]{32}_[\da-f]{10}/, // LangSmith
  /nvapi-[\w-]{60,}/, // NVIDIA
  /sk_[\da-f]{48}/, // ElevenLabs
  /csk-[a-z\d]{40,}/, // Cerebras
  /jina_[\da-f]{32}[\w-]{20,}/,
  /tvly-[\w-]{28,}/, // Tavily
  /pcsk_[\w-]{50,}/, // Pinecone
  /[\da-f]{32}\.[A-Za-z\d]{16}/, // Zhipu
  // clouds
  /(?:ABIA|ACCA)[A-Z\d]{16}/, // AWS, what secretlint lacks
  /LTAI[A-Za-z\d]{12,26}/, // Alibaba
  /(?:AKID|IKID)[A-Za-z\d]{32}/, // Tencent
  /AKLT[\w=-]{20,}/, // Volcano Engine
  /bce-v3\/ALTAK-[A-Za-z\d]{15,}\/[\da-f]{40}/, // Baidu
  /ABSK[A-Za-z\d+/]{100,}={0,2}/, // AWS Bedrock
  /AIza[\w-]{35}/, // Google
  /GOCSPX-[\w-]{28}/,
  /ya29\.[\w-]{20,}/,
  /1\/\/0[\w-]{60,}/, // Google's refresh tokens
  /AAAA[\w-]{7}:APA91b[\w-]{100,}/, // Firebase
  /[\w~.-]{3}[78]Q~[\w~.-]{31,34}/, // Microsoft Entra
  /(?:dop|doo|dor)_v1_[\da-f]{64}/, // DigitalOcean
  /hv[sbr]\.[\w-]{24,}/, // HashiCorp Vault
  /[A-Za-z\d]{14}\.atlasv1\.[\w=-]{60,}/, // Terraform
  /dapi[\da-f]{32}/, // Databricks
  /v1\.0-[\da-f]{24}-[\da-f]{146}/, // Cloudflare origin
  /fo1_[\w-]{43}|fm[12][ar]?_[A-Za-z\d+/=]{60,}/, // Fly
  /pul-[\da-f]{40}/, // Pulumi
  /tskey-[a-z]+-[\w-]{20,}/, // Tailscale
  /nfp_[A-Za-z\d]{36}/, // Netlify
  /HRKU-[\w-]{36,}/, // Heroku
  /sbp_[\da-f]{40}|sb_secret_[\w-]{22}_[A-Za-z\d]{8}/, // Supabase
  /pscale_(?:pw|tkn|oauth)_[\w.=-]{32,}/, // PlanetScale
  /napi_[a-z\d]{60,}/, // Neon
  /mdb_sa_sk_[\w-]{40}/, // MongoDB Atlas
  /dp\.(?:pt|st(?:\.[\w-]+)?|ct|sa|scim|audit)\.[A-Za-z\d]{40,44}/, // Doppler
  /dt0c01\.[A-Z\d]{24}\.[A-Z\d]{64}/, // Dynatrace
  // payments, shops, mail
  /(?:sk|rk)_(?:live|test|prod)_[A-Za-z\d]{10,}/, // Stripe
  /whsec_[A-Za-z\d+/=]{24,}/,
  /sq0(?:atp|csp)-[\w-]{22,}|EAAA[\w-]{60}/, // Square
  /EZ[AT]K[A-Za-z\d]{54}/, // EasyPost
  /FLWSECK(?:_TEST)?-[\da-f]{32}-X/, // Flutterwave
  /shippo_(?:live|test)_[\da-f]{40}/,
  /xkeysib-[\da-f]{64}-[A-Za-z\d]{16}/, // Brevo
  /[\da-f]{32}-us\d{1,2}/, // Mailchimp
  /key-[\da-f]{32}/, // Mailgun
  /re_[A-Za-z\d]{8}_[A-Za-z\d]{24}/, // Resend
  // chat
  /xox[es](?:\.xox[bp])?-[\w-]{20,}|xapp-\d-[A-Z\d]+-\d+-[\da-z]{32,}/, // Slack, what secretlint lacks
  /\d{8,10}:AA[\w-]{32,34}/, // Telegram
  /[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}/, // Discord
  /(?:AC|SK)[\da-f]{32}/, // Twilio
  /EAA[A-Za-z\d]{80,}/, // Meta
  // boards, designs, watching
  /lin_oauth_[A-Za-z\d]{32,}/,
  /(?:secret|ntn)_[A-Za-z\d]{40,50}/, // Notion
  /figd_[\w-]{40,}/,
  /pat[A-Za-z\d]{14}\.[\da-f]{64}/, // Airtable
  /PMAK-[\da-f]{24}-[\da-f]{34}/, // Postman
  /glsa_[A-Za-z\d]{32}_[\da-fA-F]{8}/, // Grafana
  /glc_[A-Za-z\d+/=]{32,}/,
  /NRAK-[A-Z\d]{27}/, // New Relic
  /sntr(?:ys|yu|us)_[\w+/=-]{40,}/, // Sentry
  /ph[cx]_[A-Za-z\d]{40,}/, // PostHog
  /tfp_[\w-]{40,}/, // Typeform
];

/** Addresses that let everybody who knows them post. */
const WEBHOOKS: RegExp[] = [
  /https:\/\/hooks\.slack(?:-gov)?\.com\/(?:workflows|triggers)\/[\w/+-]{20,}/,
  new RegExp(`https://open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/(?:v2/)?hook/${UUID}`),
  /https:\/\/oapi\.dingtalk\.com\/robot\/send\?access_token=[\da-f]{64}/,
  new RegExp(`https://qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=${UUID}`),
  /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{40,}/,
  /https:\/\/[\w-]+\.webhook\.office\.com\/webhookb2\/[\w@/-]{60,}/,
];

const ANY_KEY = FORMS.map(form => new RegExp(`(?<![A-Za-z\\d])(?:${form.source})(?![A-Za-z\\d])`, 'g'));
const ANY_WEBHOOK = WEBHOOKS.map(form => new RegExp(form.source, 'g'));

export function keyForms(text: string): Found[] {
  return [...ANY_WEBHOOK, ...ANY_KEY].flatMap(form =>
    [...text.matchAll(form)].filter(({ 0: key }) => !isBlankKey(key)).map(({ 0: key, index }) => found('key', index, key.length)),
  );
}
