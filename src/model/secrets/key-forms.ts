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
  /sk-(?:proj|svcacct|admin|ant|or|lf|None)-[\w-]{20,}/,
  // code and packages
  /gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\w-]{20,}/, // GitLab
  /pypi-[\w-]{50,}/,
  /rubygems_[\da-f]{48}/,
  /dckr_(?:pat|oat)_[\w-]{20,}/, // Docker Hub
  /ATATT3[\w=-]{50,}/, // Atlassian
  /ATBB[A-Za-z\d]{24,}/, // Bitbucket
  // models
  /sk-[A-Za-z\d]{32,}/,
  /(?:hf|api_org)_[A-Za-z]{30,}/, // Hugging Face
  /gsk_[A-Za-z\d]{40,}/, // Groq
  /r8_[A-Za-z\d]{37}/, // Replicate
  /xai-[A-Za-z\d]{60,}/,
  /pplx-[A-Za-z\d]{40,}/, // Perplexity
  // clouds
  /(?:ABIA|ACCA)[A-Z\d]{16}/, // AWS, what secretlint lacks
  /LTAI[A-Za-z\d]{12,26}/, // Alibaba
  /(?:AKID|IKID)[A-Za-z\d]{32}/, // Tencent
  /AKLT[\w=-]{20,}/, // Volcano Engine
  /AIza[\w-]{35}/, // Google
  /GOCSPX-[\w-]{28}/,
  /ya29\.[\w-]{20,}/,
  /(?:dop|doo|dor)_v1_[\da-f]{64}/, // DigitalOcean
  /hv[sbr]\.[\w-]{24,}/, // HashiCorp Vault
  /[A-Za-z\d]{14}\.atlasv1\.[\w=-]{60,}/, // Terraform
  /dapi[\da-f]{32}/, // Databricks
  /v1\.0-[\da-f]{24}-[\da-f]{146}/, // Cloudflare origin
  /fo1_[\w-]{43}|fm[12][ar]?_[A-Za-z\d+/=]{60,}/, // Fly
  /pul-[\da-f]{40}/, // Pulumi
  /tskey-[a-z]+-[\w-]{20,}/, // Tailscale
  // payments, shops, mail
  /(?:sk|rk)_(?:live|test|prod)_[A-Za-z\d]{10,}/, // Stripe
  /whsec_[A-Za-z\d+/=]{24,}/,
  /sq0(?:atp|csp)-[\w-]{22,}/, // Square
  /xkeysib-[\da-f]{64}-[A-Za-z\d]{16}/, // Brevo
  /[\da-f]{32}-us\d{1,2}/, // Mailchimp
  /key-[\da-f]{32}/, // Mailgun
  /re_[A-Za-z\d]{8}_[A-Za-z\d]{24}/, // Resend
  // chat
  /xox[es](?:\.xox[bp])?-[\w-]{20,}/, // Slack, what secretlint lacks
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
  /sntr[yu]s_[\w+/=-]{40,}/, // Sentry
  /phc_[A-Za-z\d]{40,}/, // PostHog
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
