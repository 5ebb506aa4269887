import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PUSH_PATH } from '../../../src/chat/slack/http.ts';
import { manifest } from '../../../src/chat/slack/manifest.ts';
import { APP_METHODS, BOT_SCOPES, EVENTS, METHODS } from '../../../src/chat/slack/scopes.ts';
import { projectRoot } from '../../../src/root.ts';
import { EVENTS as FAKE_EVENTS } from '../../support/slack/fake.ts';
import { METHODS as SLACKS_METHODS } from '../../support/slack/web-api.ts';

const folder = join(projectRoot(), 'src/chat/slack');
const doctor = join(projectRoot(), 'src/doctor');
const files = [
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)),
  ...readdirSync(doctor).map(name => join(doctor, name)),
];
const source = files
  .filter(name => name.endsWith('.ts') && !['scopes.ts', 'rate.ts'].includes(basename(name)))
  .map(name => readFileSync(name, 'utf8'))
  .join('\n');
const doc = readFileSync(join(projectRoot(), 'docs/slack.md'), 'utf8');

const FAMILY = '(?:auth|apps|chat|conversations|files|pins|reactions|team|users|usergroups|views|bots|bookmarks|assistant)';
/** Methods by how Slack names them, `family.deed`: as a name that is called, or as the client's own function. */
const called = new Set(
  [new RegExp(`'(${FAMILY}\\.[\\w.]+)'`, 'g'), new RegExp(`\\bclient\\.(${FAMILY}\\.[\\w.]+)\\(`, 'g')].flatMap(pattern =>
    [...source.matchAll(pattern)].map(([, name]) => name),
  ),
);

describe('the Slack app', () => {
  it('may do exactly what is called: every method in the source has its scopes, every scope a method or an event', () => {
    expect(called.size).toBeGreaterThan(15);
    expect([...called].toSorted()).toEqual(Object.keys({ ...METHODS, ...APP_METHODS }).toSorted());
    const needed = [...Object.values(METHODS), ...Object.values(EVENTS), ['commands']].flat();
    const asked = manifest().oauth_config?.scopes?.bot ?? [];
    expect([...new Set(needed)].toSorted()).toEqual([...asked].toSorted());
  });

  it('asks for each method what Slack asks for it', () => {
    for (const [name, scopes] of Object.entries(METHODS)) {
      const slacks = SLACKS_METHODS[name]?.scopes;
      expect(slacks, name).toBeDefined();
      if (slacks.length > 0)
        expect(
          scopes.some(scope => slacks.includes(scope)),
          `${name}: ${slacks}`,
        ).toBe(true);
      for (const scope of scopes) expect(slacks, name).toContain(scope);
    }
  });

  it('hears exactly the events that are understood', () => {
    const events = readFileSync(join(folder, 'events.ts'), 'utf8');
    const understood = [...events.matchAll(/case '(\w+)':/g)].map(([, name]) => name);
    const subscribed = (manifest().settings?.event_subscriptions?.bot_events ?? []).map(name => name.replace(/^message\..*/, 'message'));
    expect([...new Set(subscribed)].toSorted()).toEqual([...new Set(understood)].toSorted());
    // No test may live on an event that the installed app would never be sent.
    expect(FAKE_EVENTS.toSorted()).toEqual(manifest().settings?.event_subscriptions?.bot_events);
  });

  it('keeps Slack’s limits for a manifest', () => {
    const { display_information: shown, features } = manifest();
    const [command] = features?.slash_commands ?? [];
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description!.length).toBeLessThanOrEqual(140);
    expect(features?.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(command).toMatchObject({ command: '/finetune', should_escape: true });
    expect(command.description.length).toBeLessThanOrEqual(2000);
  });

  it('over Socket Mode needs no address; over HTTP every address is the one that is listened at', () => {
    expect(JSON.stringify(manifest())).not.toContain('http');
    expect(manifest().settings?.socket_mode_enabled).toBe(true);
    const { features, settings } = manifest({ url: 'https://bot.example.org' });
    const addresses = [features?.slash_commands?.[0].url, settings?.event_subscriptions?.request_url, settings?.interactivity?.request_url];
    expect(addresses).toEqual(Array(3).fill(`https://bot.example.org${PUSH_PATH}`));
    expect(settings?.socket_mode_enabled).toBe(false);
  });

  it('is committed as it is printed', () => {
    const printed = (...args: string[]) =>
      JSON.parse(
        execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'print-manifest.ts'), ...args], {
          encoding: 'utf8',
          cwd: projectRoot(),
        }),
      );
    expect(JSON.parse(readFileSync(join(projectRoot(), 'docs/slack-manifest.json'), 'utf8'))).toEqual(printed());
    expect(printed('https://x.org')).toEqual(JSON.parse(JSON.stringify(manifest({ url: 'https://x.org' }))));
  });
});

describe('docs/slack.md', () => {
  it('names every variable of Slack, every scope, every event and every place that the code knows', () => {
    const config = readFileSync(join(projectRoot(), 'src/config.ts'), 'utf8');
    const variables = [...new Set(config.match(/SLACK_[A-Z_]+/g))];
    expect(variables.length).toBeGreaterThanOrEqual(5);
    for (const name of [...variables, 'TRAINING_ALLOWED', 'CONSENT', PUSH_PATH, 'connections:write']) expect(doc).toContain(name);
    for (const name of [...BOT_SCOPES, ...Object.keys(EVENTS)]) expect(doc).toContain(`\`${name}\``);
  });

  it('explains every sentence that Slack’s place says when something is wrong', async () => {
    const { slack } = await import('../../../src/words/en/slack.ts');
    const plain = (text: string) => text.replace(/[`*]/g, '');
    const said = Object.entries(slack).filter(([code]) => /^slack\.(off|bad|org|lost|too|line|missing|unreach|fix\.)/.test(code));
    expect(said.length).toBeGreaterThan(8);
    // The beginning of each, up to its first place that is filled in.
    const missing = said.filter(([, sentence]) => !plain(doc).includes(plain(sentence.split(/\{|\.(?= |$)/)[0].trim())));
    expect(missing.map(([code]) => code)).toEqual([]);
  });
});
