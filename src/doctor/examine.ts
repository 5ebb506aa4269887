// Everything that `npm run doctor` looks at, in order.
import type { Config } from '../config.ts';
import { checkFeishu } from './feishu.ts';
import type { Tell } from './finding.ts';
import { checkMachine } from './machine.ts';
import { checkSlack } from './slack.ts';

/** Slack's channels, private ones of old and direct ones; Feishu's groups. */
const SLACK = /^[CGD][A-Z0-9]{6,}$/;
const FEISHU = /^oc_\w+$/;

/** `places`: ids of channels or groups in which the platforms are tried. */
export async function examine(config: Config, places: string[], tell: Tell): Promise<void> {
  for (const id of places.filter(id => !SLACK.test(id) && !FEISHU.test(id))) tell('ill', 'doctor.place.what', { id });
  await checkMachine(config, tell);
  await checkSlack(
    config.slack,
    places.filter(id => SLACK.test(id)),
    config.lang,
    tell,
  );
  await checkFeishu(
    config.feishu,
    places.filter(id => FEISHU.test(id)),
    config.lang,
    tell,
  );
}
