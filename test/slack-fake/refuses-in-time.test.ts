// What a fake Slack refuses when its time is over or its number is full: triggers, response_urls, pictures, rates, sockets.
import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { RESPONSE_URL, TRIGGER_MS } from '../support/slack/limits.ts';
import { view } from './bad-calls.ts';
import { clientOf, codeOf } from './client.ts';

describe('the fake Slack refuses in time', () => {
  let slack: FakeSlack;
  let client: WebClient;
  let room: { ann: string; channel: string };
  let clock = 0;

  beforeAll(async () => {
    slack = await openFakeSlack({ now: () => Date.now() + clock });
    client = clientOf(slack);
    const ann = await slack.hands.person('Ann');
    room = { ann, channel: [...slack.team.state.channels.keys()][0] };
    await slack.hands.membership(ann, room.channel, true);
  });
  afterAll(() => slack.close());

  it('a trigger is good once, for three seconds; a view that changed meanwhile is not written over', async () => {
    const trigger = slack.triggers.lend(room.ann);
    const { view: opened } = await client.views.open({ trigger_id: trigger, view: view() as never });
    expect(await codeOf(client.views.open({ trigger_id: trigger, view: view() as never }))).toBe('exchanged_trigger_id');
    const late = slack.triggers.lend(room.ann);
    clock += TRIGGER_MS;
    expect(await codeOf(client.views.open({ trigger_id: late, view: view() as never }))).toBe('expired_trigger_id');
    const change = { view_id: opened!.id!, hash: opened!.hash, view: view() as never };
    expect(await codeOf(client.views.update(change))).toBe('ok');
    expect(await codeOf(client.views.update(change))).toBe('hash_conflict');
  });

  it('a response_url is good five times, for half an hour, and wants words', async () => {
    const use = (url: string, body: object = { text: 'a' }) => fetch(url, { method: 'POST', body: JSON.stringify(body) });
    const lend = () => slack.triggers.lendUrl('commands', { user: room.ann, channel: room.channel });
    const url = lend();
    for (let i = 0; i < RESPONSE_URL.uses; i++) expect((await use(url)).status).toBe(200);
    const sixth = await use(url);
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect(await (await use(lend(), { text: '' })).json()).toMatchObject({ error: 'no_text' });
    expect(await (await use(lend(), { text: 'a', colour: 'red' })).json()).toMatchObject({ error: 'invalid_arguments' });
    const old = lend();
    clock += RESPONSE_URL.ms + 1;
    expect(await (await use(old)).json()).toEqual({ ok: false, error: 'expired_url' });
  });

  it('a picture that Slack still works on cannot be shown yet', async () => {
    const slow = await openFakeSlack({ processingMs: 60_000, now: () => Date.now() + clock });
    const mine = clientOf(slow);
    const upload = (await mine.filesUploadV2({ file: Buffer.from('png'), filename: 'curve.png' })) as unknown as {
      files: { files: { id: string }[] }[];
    };
    const { id } = upload.files[0].files[0];
    const channel = slow.slackId([...slow.team.state.channels.keys()][0]);
    const show = () =>
      codeOf(mine.chat.postMessage({ channel, text: 'a', blocks: [{ type: 'image', slack_file: { id }, alt_text: 'a' }] }));
    expect((await mine.files.info({ file: id })).file).toMatchObject({ mimetype: '' });
    expect(await show()).toBe('invalid_blocks');
    clock += 60_000;
    expect((await mine.files.info({ file: id })).file).toMatchObject({ mimetype: 'image/png' });
    expect(await show()).toBe('ok');
    await mine.files.delete({ file: id });
    expect(await codeOf(mine.files.info({ file: id }))).toBe('file_deleted');
    await slow.close();
  });

  it('who calls too often is told when to come again: by method and minute, and by channel and second', async () => {
    const busy = await openFakeSlack({ rates: true, now: () => Date.now() + clock });
    const mine = clientOf(busy);
    const channel = busy.slackId([...busy.team.state.channels.keys()][0]);
    const list = () =>
      mine.conversations.list().then(
        () => 0,
        error => error.retryAfter as number,
      );
    for (let i = 0; i < 20; i++) expect(await list()).toBe(0);
    const wait = await list();
    expect(wait).toBeGreaterThan(0);
    expect(await codeOf(mine.conversations.info({ channel }))).toBe('ok');
    clock += wait * 1000;
    expect(await list()).toBe(0);
    const post = () =>
      mine.chat.postMessage({ channel, text: 'a' }).then(
        () => 0,
        error => error.retryAfter as number,
      );
    for (let i = 0; i < 5; i++) expect(await post()).toBe(0);
    expect(await post()).toBeGreaterThan(0);
    await busy.close();
  });

  it('an eleventh socket is sent away; a ticket is good for one', async () => {
    const { url } = await clientOf(slack, slack.tokens.app).apps.connections.open({});
    const first = (address: string) =>
      new Promise<string>(resolve => {
        const socket = new WebSocket(address);
        socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).reason ?? JSON.parse(String(data)).type);
        socket.onerror = () => resolve('refused');
      });
    expect(await first(url!)).toBe('hello');
    expect(await first(url!)).toBe('refused');
    const reasons = [];
    for (let i = 0; i < 10; i++) reasons.push(await first((await clientOf(slack, slack.tokens.app).apps.connections.open({})).url!));
    expect(reasons).toEqual([...Array(9).fill('hello'), 'too_many_websockets']);
    slack.socket.cut();
  });
});
