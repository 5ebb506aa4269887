import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprint } from '../../src/model/fingerprint.ts';
import { temporaryFolder } from '../support/models.ts';

const BYTES = 17 << 20; // large enough to be kept

it('is what sha256sum says, hashed again only when the file has changed', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'weights');
  const sum = (fill: number) => createHash('sha256').update(Buffer.alloc(BYTES, fill)).digest('hex');
  writeFileSync(file, Buffer.alloc(BYTES, 1));
  let hashed = 0;
  const look = () => fingerprint(folder, [file], (done, total) => (hashed += done === total ? 1 : 0));
  expect(await look()).toBe(sum(1));
  expect(await look()).toBe(sum(1));
  expect(hashed).toBe(1);

  writeFileSync(file, Buffer.alloc(BYTES, 2));
  utimesSync(file, new Date(), new Date(Date.now() + 5_000));
  expect(await look()).toBe(sum(2));
  expect(hashed).toBe(2);

  // a broken sidecar is as good as none
  for (const name of readdirSync(folder).filter(name => name !== 'weights')) writeFileSync(join(folder, name), '{"key":');
  expect(await look()).toBe(sum(2));
  expect(hashed).toBe(3);
});

it('does without the sidecar where it cannot be written', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'weights');
  writeFileSync(file, Buffer.alloc(BYTES, 3));
  chmodSync(folder, 0o500);
  const closed = join(folder, 'no', 'such', 'folder'); // root may write into a closed folder, nobody into one that is not there
  const expected = createHash('sha256').update(Buffer.alloc(BYTES, 3)).digest('hex');
  expect(await fingerprint(closed, [file])).toBe(expected);
  expect(await fingerprint(folder, [file])).toBe(expected);
  chmodSync(folder, 0o700);
});
