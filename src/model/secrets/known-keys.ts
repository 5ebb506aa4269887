// The keys that secretlint knows, a well-kept set of rules. We call its rules, not its core: the core turns findings off where a comment in
// the text says so, keeps a mark of every call for ever, and gives ranges that miss the end of an npm token. So we ask for the value.
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';
import { type Found, found } from './found.ts';
import { isBlankKey } from './looks-secret.ts';

const USED = ['1password', 'anthropic', 'aws', 'github', 'linear', 'npm', 'openai', 'sendgrid', 'shopify', 'slack'];
/** Without it the ids of AWS keys would not count. */
const OPTIONS = { enableIDScanRule: true };
/** An account's number opens nothing. */
const NO_SECRET = 'AWSAccountID';
const FIRST_WORD = /^[^\s"'`]+/;
/** secretlint passes over a key right behind a Chinese character; spaces in their place keep the positions. */
const FOREIGN = /[^\n -~]/g;

export function knownKeys(text: string): Found[] {
  const finds: Found[] = [];
  const plain = text.replace(FOREIGN, ' ');
  const context = {
    sharedOptions: {},
    createTranslator: () => (messageId: string, data: Record<string, string>) => ({ message: '', messageId, data }),
    report: ({ message, range }: { message: { messageId: string; data: Record<string, string> }; range: readonly [number, number] }) => {
      const [value] = Object.values(message.data)[0]?.match(FIRST_WORD) ?? [];
      const start = value === undefined ? -1 : plain.indexOf(value, range[0]);
      if (value !== undefined && start >= 0 && !isBlankKey(value) && message.messageId !== NO_SECRET)
        finds.push(found('key', start, value.length));
    },
    ignore: () => {},
  } as unknown as SecretLintRuleContext;
  const source = { content: plain, contentType: 'text', ext: '.txt', filePath: 'message.txt' } as unknown as SecretLintSourceCode;
  for (const rule of rules) {
    const name = rule.meta.id.replace(/^.*secretlint-rule-/, '');
    if (USED.includes(name)) rule.create(context, OPTIONS).file?.(source);
  }
  return finds;
}
