// Feishu or Lark, where the app's id and secret are set: over the long connection, or by webhook where the encrypt key is set.
import { curveWords } from '../bot/run/curve.ts';
import { drawCurve } from '../bot/run/draw-curve.ts';
import { openFeishu } from '../chat/feishu/feishu.ts';
import type { Opener } from '../places.ts';
import { say } from '../words/words.ts';

export const openFeishuPlace: Opener = async ({ feishu, lang: ours, langChosen }, log, tell) => {
  const { appId, appSecret, ...more } = feishu;
  // Nobody who set nothing of it needs to hear of it.
  if (!appId && !appSecret && !more.encryptKey) return undefined;
  if (!appId || !appSecret) {
    const missing = [...(appId ? [] : ['FEISHU_APP_ID']), ...(appSecret ? [] : ['FEISHU_APP_SECRET'])];
    tell('line', 'feishu.off', { missing: missing.join(', '), count: missing.length });
    return undefined;
  }
  // Feishu's own people read Chinese; Lark's are all over the world.
  const lang = langChosen || feishu.domain.includes('larksuite') ? ours : 'zh';
  const chat = await openFeishu({
    ...more,
    appId,
    appSecret,
    lang,
    commands: [{ name: 'finetune', zh: say('zh', 'feishu.command'), en: say('en', 'feishu.command') }],
    draw: curve => drawCurve(curve, curveWords(lang), 'light'),
    note: (level, what, detail) => log[level](detail ?? {}, what),
  });
  tell('line', 'feishu.on', { name: chat.botName, how: say(ours, chat.receivers ? 'feishu.how.webhook' : 'feishu.how.socket') });
  const missing = chat.missing ?? [];
  if (missing.length > 0) tell('problem', 'feishu.missingScopes', { scopes: missing.join(', '), count: missing.length });
  return { chat, lang, ...(chat.receivers && { web: { receivers: chat.receivers } }) };
};
