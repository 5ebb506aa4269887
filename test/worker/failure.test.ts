import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';
import { isDatabaseAway, problemOf } from '../../worker/failure.ts';

/** The error that really comes when a disk is full. */
function fullDisk(): unknown {
  try {
    writeFileSync('/dev/full', 'x');
  } catch (error) {
    return error;
  }
}

describe('problemOf', () => {
  it('a refusal is its own problem, however deep it lies', () => {
    const deep = new Error('outer', { cause: new Error('middle', { cause: new Refusal('trainer.memory') }) });
    expect(problemOf(deep)).toEqual({ code: 'trainer.memory', values: {} });
  });

  it('a full disk is named', () => {
    expect(problemOf(new Error('could not write', { cause: fullDisk() }))).toEqual({ code: 'worker.diskFull', values: {} });
  });

  it('what onnxruntime says when memory runs out is named', () => {
    expect(problemOf(new Error('std::bad_alloc')).code).toBe('worker.memory');
    expect(problemOf(new Error('BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 9')).code).toBe(
      'worker.memory',
    );
  });

  it('anything else is a bug, with a sentence that says no more', () => {
    const { code, values } = problemOf(new TypeError('x is not a function'));
    expect(code).toBe('worker.broken');
    expect(say('en', code, values)).not.toContain('not a function');
  });

  it('every code has a sentence', () => {
    for (const code of ['worker.diskFull', 'worker.memory', 'worker.broken'])
      for (const lang of ['en', 'zh'] as const) expect(say(lang, code)).not.toContain(code);
  });
});

describe('isDatabaseAway', () => {
  it('a server that nobody listens for is away; a wrong statement is not', async () => {
    const client = new pg.Client({ host: '127.0.0.1', port: 1 });
    const refused = await client.connect().catch((error: unknown) => error);
    expect(isDatabaseAway(new Error('Failed query', { cause: refused }))).toBe(true);
    expect(isDatabaseAway(Object.assign(new Error('syntax error'), { code: '42601' }))).toBe(false);
    expect(isDatabaseAway(Object.assign(new Error('terminating connection'), { code: '57P01' }))).toBe(true);
    expect(isDatabaseAway(Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' }))).toBe(true);
    // Another server is away than the database: waiting for it is somebody else's decision.
    expect(isDatabaseAway(new Refusal('answers.away', {}, { cause: refused }))).toBe(false);
  });
});
