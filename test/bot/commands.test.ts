// What is a command and what is a question.
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/bot/commands.ts';

describe('commands', () => {
  it.each([
    ['/finetune start', { verb: 'start', settings: [] }],
    ['/finetune start lr=1e-3 rounds=4', { verb: 'start', settings: ['lr=1e-3', 'rounds=4'] }],
    ['/finetune  START  lr=banana', { verb: 'start', settings: ['lr=banana'] }],
    ['/finetune', { verb: 'status' }],
    ['/finetune 状态', { verb: 'status' }],
    ['/finetune cancel', { verb: 'cancel' }],
    ['cancel', { verb: 'cancel' }],
    ['start lr=2e-4', { verb: 'start', settings: ['lr=2e-4'] }],
    ['开始', { verb: 'start', settings: [] }],
    ['/finetune strat', { verb: 'unknown', said: 'strat', near: 'start' }],
    ['/finetune make me a sandwich', { verb: 'unknown', said: 'make', near: undefined }],
    ['/finetune start please', { verb: 'start', settings: ['please'] }],
  ])('%s', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each(['How do I start the server?', 'start the server please', 'help me with pond', 'cancel my subscription', '', 'finetune start'])(
    'a question: %s',
    text => {
      expect(parseCommand(text)).toBeUndefined();
    },
  );
});
