// The fake Feishu refuses the cards and files that Feishu refuses; beside each one that passes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  button,
  card,
  cards,
  columns,
  form,
  input,
  interactive,
  many,
  markdown,
  nested,
  openTenant,
  PNG,
  submit,
  type Tenant,
  table,
} from './tenant.ts';

const CASES: { what: string; code: number; bad(t: Tenant): Answer; good(t: Tenant): Answer }[] = [
  { what: 'a card of more than 30 KB', code: 230025, ...cards([markdown('x'.repeat(31_000))], [markdown('x'.repeat(29_000))]) },
  {
    what: 'a card of schema 1',
    code: 230099,
    bad: t => t.send(interactive({ elements: [markdown('x')] })),
    good: t => t.send(interactive(card([markdown('x')]))),
  },
  { what: 'a card with an unknown tag', code: 230099, ...cards([{ tag: 'note', elements: [] }], [markdown('x')]) },
  {
    what: 'an unknown property of an element',
    code: 230099,
    ...cards([{ ...markdown('x'), bold: true }], [{ ...markdown('x'), text_size: 'notation' }]),
  },
  {
    what: 'an element id twice',
    code: 230099,
    ...cards(
      [
        { ...markdown('x'), element_id: 'a' },
        { ...markdown('y'), element_id: 'a' },
      ],
      [
        { ...markdown('x'), element_id: 'a' },
        { ...markdown('y'), element_id: 'b' },
      ],
    ),
  },
  { what: 'more than 200 elements', code: 230099, ...cards(many(200), many(199)) },
  { what: 'more tables than a card takes', code: 230099, ...cards(Array(4).fill(markdown(table)), Array(3).fill(markdown(table))) },
  {
    what: 'a form without a submit button',
    code: 230099,
    ...cards([form([input('a'), button({ name: 'b' })])], [form([input('a'), submit])]),
  },
  { what: 'a field of a form without a name', code: 230099, ...cards([form([{ tag: 'input' }, submit])], [form([input('a'), submit])]) },
  {
    what: 'two fields of a form with one name',
    code: 230099,
    ...cards([form([input('a'), input('a'), submit])], [form([input('a'), input('b'), submit])]),
  },
  { what: 'a form in a form', code: 230099, ...cards([form([form([submit]), submit])], [form([submit])]) },
  { what: 'a form in a column', code: 230099, ...cards([columns(form([submit]))], [form([columns(input('a')), submit])]) },
  { what: 'a submit button outside of a form', code: 230099, ...cards([submit], [button()]) },
  { what: 'columns six levels deep', code: 230099, ...cards([nested(6)], [nested(5)]) },
  {
    what: 'a callback whose value is no object',
    code: 230099,
    ...cards([button({ behaviors: [{ type: 'callback', value: 'x' }] })], [button()]),
  },
  {
    what: 'a button with a long text',
    code: 230099,
    ...cards(
      [button({ text: { tag: 'plain_text', content: 'x'.repeat(101) } })],
      [button({ text: { tag: 'plain_text', content: 'x'.repeat(100) } })],
    ),
  },
  {
    what: 'a picture of nobody',
    code: 230099,
    ...cards([{ tag: 'img', img_key: 'img_v3_0', alt: { tag: 'plain_text', content: '' } }], [markdown('x')]),
  },
];

describe('the fake Feishu refuses', () => {
  it.each(CASES)('$what ($code)', async ({ code, bad, good }) => {
    const [refused, passing] = [await openTenant(), await openTenant()];
    try {
      expect((await bad(refused))?.code).toBe(code);
      expect((await good(passing))?.code).toBe(0);
    } finally {
      await refused.fake.close();
      await passing.fake.close();
    }
  });
});

describe('files', () => {
  let t: Tenant;
  beforeAll(async () => {
    t = await openTenant();
  });
  afterAll(() => t.fake.close());
  const image = (bytes: Buffer) => t.client.im.v1.image.create({ data: { image_type: 'message', image: bytes } });
  const file = (bytes: Buffer) => t.client.im.v1.file.create({ data: { file_type: 'stream', file_name: 'a.md', file: bytes } });

  // The vendor's client gives null for a refused upload.
  it('a picture that is none, and one of more than 10 MB', async () => {
    expect(await image(Buffer.from('no picture'))).toBeNull();
    expect(await image(Buffer.concat([PNG, Buffer.alloc(10 * 2 ** 20)]))).toBeNull();
    expect(await image(PNG)).toMatchObject({ image_key: expect.stringMatching(/^img_v3_/) });
    expect(t.fake.ledger.filter(({ call }) => call.endsWith('/images')).map(({ code }) => code)).toEqual([234011, 234006, 0]);
  });

  it('an empty file; one that is kept comes back to the byte', async () => {
    expect(await file(Buffer.alloc(0))).toBeNull();
    const { file_key } = (await file(Buffer.from('# Notes')))!;
    const id = await t.sent({ msg_type: 'file', content: JSON.stringify({ file_key }) });
    const { getReadableStream } = await t.client.im.v1.messageResource.get({
      path: { message_id: id, file_key: file_key! },
      params: { type: 'file' },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of getReadableStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('# Notes');
  });

  it('a file out of another message', async () => {
    const one = await t.hands.drop(t.ann, t.team, { name: 'a', bytes: Buffer.from('a') });
    const { file_key } = JSON.parse(t.fake.cloud.wires.get(one)!.content);
    const two = await t.hands.say(t.ann, t.team, 'x');
    await expect(t.request('GET', `/im/v1/messages/${two}/resources/${file_key}`, undefined, { type: 'file' })).resolves.toMatchObject({
      code: 234003,
    });
  });
});
