// Nothing is said twice and nothing gets lost, whatever becomes of a call; and what Slack has no room for is said all the same.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card, MessageRef, OutgoingPost } from '../../../src/chat/chat.ts';
import { Gone, NotAllowed, RetryLater } from '../../../src/chat/errors.ts';
import type { Json } from '../../support/slack/team.ts';
import { type Opened, openTestSlack, startTestSlack } from './opened.ts';

const card = (text: string): Card => ({ title: text, parts: [{ markdown: `about *${text}*` }] });
const running = (note: string): Card => ({ title: 'run', parts: [{ progress: 0.5, note }] });
const CURVE = {
  train: [
    [1, 3],
    [2, 2],
  ] as [number, number][],
  heldout: [[0, 3.1]] as [number, number][],
  alt: 'The loss falls from 3 to 2.',
};

describe('posts in Slack', () => {
  let t: Opened;
  let drawn: number;
  beforeEach(async () => {
    drawn = 0;
    t = await openTestSlack({
      draw: async () => {
        drawn++;
        return Buffer.from('89504e470d0a1a0a', 'hex');
      },
    });
  });
  afterEach(() => t.close());

  const post = (key: string, what: Card, more: Partial<OutgoingPost> = {}) =>
    t.chat.post({ key, place: { channel: t.team.id }, card: what, ...more });
  const messages = () =>
    [...t.slack.team.state.messages.values()].filter(({ deleted, author }) => !deleted && author === t.slack.team.state.bot);
  const blocksOf = ({ id }: MessageRef): Json[] => t.slack.team.extraOf(t.slack.team.idOf(id)!).blocks ?? [];
  const calls = (method: string) => t.slack.calls.filter(call => call.method === method);
  /** As the sender does: again and again, as soon as it may. */
  async function untilSent(key: string, what: Card): Promise<MessageRef> {
    for (let tries = 0; tries < 20; tries++) {
      const sent = await post(key, what).catch(error => error);
      if (!(sent instanceof Error)) return sent;
      expect(sent).toBeInstanceOf(RetryLater);
    }
    throw new Error('never sent');
  }

  it('an answer that got lost: the message is found, not said again', async () => {
    t.slack.faults.onCall('chat.postMessage', { lose: true });
    const at = await untilSent('q:1', card('only once'));
    expect(messages()).toHaveLength(1);
    expect(t.slack.team.ts(messages()[0].id)).toBe(at.id);
  });

  it('the message is found, and the edit of it fails: it is not said again either', async () => {
    for (const fault of [{ lose: true } as const, { status: 503 }, { status: 429, retryAfter: 1 }, { error: 'internal_error' }]) {
      const key = `q:${Object.keys(fault)} ${Object.values(fault)}`;
      t.slack.faults.onCall('chat.postMessage', { lose: true });
      t.slack.faults.onCall('chat.update', fault);
      await expect(post(key, card(key))).rejects.toBeInstanceOf(RetryLater);
      await expect(post(key, card(key))).rejects.toBeInstanceOf(RetryLater);
      await vi.waitFor(() => post(key, card(key)), { timeout: 10_000, interval: 100 });
      expect(messages().filter(({ markdown }) => markdown.includes(key))).toHaveLength(1);
    }
  });

  it.each(['internal_error', 'fatal_error'])('%s, and it was carried out after all: the message is found', async error => {
    t.slack.faults.onCall('chat.postMessage', { error, performed: true });
    await untilSent('q:9', card('only once'));
    expect(messages()).toHaveLength(1);
  });

  it('a Slack that is down: nothing stands there twice when it is back', async () => {
    t.slack.faults.onCall('chat.postMessage', { status: 503 }, { times: 3 });
    t.slack.faults.onCall('conversations.history', { status: 500 }, { times: 2 });
    await untilSent('q:2', card('only once'));
    expect(messages()).toHaveLength(1);
  });

  it('the process ends in the moment of an answer that got lost: the next one finds the message', async () => {
    t.slack.faults.onCall('chat.postMessage', { lose: true });
    await expect(post('q:3', card('before'))).rejects.toBeInstanceOf(RetryLater);
    await t.chat.stop();
    const next = await openAgain();
    await next.post({ key: 'q:3', place: { channel: t.team.id }, card: card('after') });
    expect(messages()).toHaveLength(1);
    await next.stop();
  });

  it('where history may not be read, it is said all the same', async () => {
    t.slack.faults.onCall('conversations.history', { error: 'missing_scope' }, { times: 5 });
    expect(await post('q:4', card('said'))).toMatchObject({ channel: t.team.id });
  });

  it('a 429 says when, and holds up no other channel', async () => {
    t.slack.faults.onCall('chat.postMessage', { status: 429, retryAfter: 30 });
    const error = await post('q:5', card('later')).catch(error => error);
    expect(error).toBeInstanceOf(RetryLater);
    expect(error.ms).toBe(30_000);
    // Asked again at once, it does not even call.
    const before = calls('chat.postMessage').length;
    await expect(post('q:5', card('later'))).rejects.toBeInstanceOf(RetryLater);
    expect(calls('chat.postMessage')).toHaveLength(before);
    const direct = t.slack.slackId(t.slack.hands.directWith(t.ann.room));
    expect(await post('q:6', card('elsewhere'), { place: { channel: direct } })).toMatchObject({ channel: direct });
  });

  it('progress comes every three seconds at most, and what is final in between', async () => {
    const at = await post('run:1', running('10 %'));
    const error = await post('run:1', running('20 %'), { at }).catch(error => error);
    expect(error).toBeInstanceOf(RetryLater);
    expect(error.ms).toBeLessThanOrEqual(3_000);
    await post('run:1', card('done'), { at });
    expect(JSON.stringify(blocksOf(at))).toContain('done');
  });

  it('a text and blocks always go together', async () => {
    const at = await post('q:7', card('one'));
    await post('q:7', card('two'), { at });
    for (const { args } of [...calls('chat.postMessage'), ...calls('chat.update')]) {
      expect(args).toMatchObject({ text: expect.stringMatching(/./), blocks: expect.stringMatching(/./) });
    }
  });

  it('what is too long stands complete in the thread, once, and goes when it is too long no more', async () => {
    const long = Array.from({ length: 900 }, (_, i) => `Line ${i} of an answer that goes on and on.`).join('\n\n');
    const at = await post('q:8', { title: 'long', parts: [{ markdown: long }] });
    const inThread = () => messages().filter(({ thread }) => thread === t.slack.team.idOf(at.id));
    const said = inThread()
      .map(({ id }) => JSON.stringify(t.slack.team.extraOf(id).blocks))
      .join('');
    expect(said).toContain('Line 0 of');
    expect(said).toContain('Line 899 of');
    const many = inThread().length;
    await post('q:8', { title: 'long', parts: [{ markdown: `${long}\n\nAnd one more.` }] }, { at });
    expect(inThread()).toHaveLength(many);
    await post('q:8', card('short'), { at });
    expect(inThread()).toHaveLength(0);
  });

  it('a curve is a picture in the message; it is not drawn for every step, and the last one replaces the first', async () => {
    const at = await post('run:2', { title: 'run', parts: [{ progress: 0.1, note: '' }, { curve: CURVE }] });
    const shown = () => JSON.stringify(blocksOf(at));
    expect(shown()).toContain('slack_file');
    const more = { ...CURVE, train: [...CURVE.train, [3, 1]] as [number, number][] };
    await post('run:2', { title: 'run', parts: [{ curve: CURVE }] }, { at });
    expect(drawn).toBe(1);
    await post('run:2', { title: 'run', parts: [{ curve: more }] }, { at });
    expect(drawn).toBe(2);
    expect(calls('files.delete')).toHaveLength(1);
    expect(shown()).toContain('slack_file');
  });

  it('a picture that Slack is not through with: its words stand there, and the picture with the next edit', async () => {
    await t.close();
    t = await openTestSlack({ draw: async () => Buffer.from([drawn++]), fake: { processingMs: 3_600_000 } });
    const at = await post('run:4', { title: 'run', parts: [{ curve: CURVE }] });
    expect(JSON.stringify(blocksOf(at))).not.toContain('slack_file');
    for (const file of t.slack.team.files.values()) file.readyAt = 0;
    await post('run:4', { title: 'run', parts: [{ curve: CURVE }] }, { at });
    expect(JSON.stringify(blocksOf(at))).toContain('slack_file');
    expect(drawn).toBe(1);
  });

  it('where pictures cannot be uploaded, the curve’s words stand there', async () => {
    t.slack.faults.onCall('files.getUploadURLExternal', { error: 'file_uploads_disabled' });
    const at = await post('run:3', { title: 'run', parts: [{ curve: CURVE }] });
    expect(JSON.stringify(blocksOf(at))).not.toContain('slack_file');
    expect(JSON.stringify(blocksOf(at))).toContain(CURVE.alt);
    expect(t.problems).toContain('file_uploads_disabled');
  });

  it('files of the bot lie in the thread, each once, also after a restart', async () => {
    const file = (name: string) => ({ file: { name, mime: 'application/json', text: `{"in":"${name}"}` } });
    const two: Card = { title: 'export', parts: [{ markdown: 'Here' }, file('rows.json'), file('info.json')] };
    const at = await post('e:1', two);
    const below = () =>
      messages()
        .filter(({ thread }) => thread === t.slack.team.idOf(at.id))
        .flatMap(({ files }) => files.map(({ name }) => name));
    expect(below()).toEqual(['rows.json', 'info.json']);
    await post('e:1', { ...two, title: 'again' }, { at });
    await t.chat.stop();
    const next = await openAgain();
    await next.post({ key: 'e:1', place: { channel: t.team.id }, at, card: { ...two, title: 'and again' } });
    await next.stop();
    expect(below()).toEqual(['rows.json', 'info.json']);
  });

  it('a channel that was archived, and one that the bot was taken out of', async () => {
    const at = await post('a:0', card('before'));
    t.slack.archive(t.team.room);
    for (const refused of [post('a:1', card('x')), post('a:0', card('after'), { at })]) {
      const archived = await refused.catch(error => error);
      expect(archived).toBeInstanceOf(NotAllowed);
      expect(archived.fix).toMatch(/archived/);
    }
    t.slack.archive(t.team.room, false);
    await t.slack.hands.membership(t.slack.team.state.bot, t.team.room, false);
    const out = await post('a:2', card('x')).catch(error => error);
    expect(out).toBeInstanceOf(NotAllowed);
    expect(out.fix).toMatch(/\/invite/);
  });

  it('a token that is revoked loses nothing: it is told once, and sent when the token is good again', async () => {
    t.slack.tokens.kill(t.slack.tokens.bot, 'token_revoked');
    for (let i = 0; i < 3; i++) await expect(post('t:1', card('waits'))).rejects.toBeInstanceOf(RetryLater);
    expect(t.problems.filter(code => code === 'token_revoked')).toHaveLength(1);
    t.slack.tokens.revive(t.slack.tokens.bot);
    await post('t:1', card('waits'));
    expect(messages()).toHaveLength(1);
  });

  it('a message in a thread that is gone', async () => {
    await expect(post('g:1', card('x'), { place: { channel: t.team.id, thread: '1700000000.000100' } })).rejects.toBeInstanceOf(Gone);
  });

  async function openAgain() {
    const { openSlack } = await import('../../../src/chat/slack/slack.ts');
    const { tokens, apiUrl } = t.slack;
    const chat = await openSlack({ botToken: tokens.bot, appToken: tokens.app, apiUrl, lang: 'en', onProblem: () => {} });
    await startTestSlack({ ...t, chat });
    return chat;
  }
});
