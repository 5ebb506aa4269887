// Commands as people type them on a Chinese keyboard; their sentences stay as they were typed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../src/bot/commands.ts';
import { commandText } from '../../../../src/chat/feishu/face/command.ts';

describe('a command', () => {
  it.each([
    ['@_user_1 /finetune start', '/finetune start'],
    ['/finetune start lr=1e-3', '/finetune start lr=1e-3'],
    ['／finetune　start　lr＝1e-3', '/finetune start lr=1e-3'],
    ['／ｆｉｎｅｔｕｎｅ start', '/finetune start'],
    ['/finetune start lr＝1e-3，rounds＝3', '/finetune start lr=1e-3 rounds=3'],
    ['/finetune：状态', '/finetune 状态'],
    ['/finetune状态', '/finetune 状态'],
    ['/finetune 查看 ｖ２', '/finetune 查看 v2'],
    ['/finetune 移除 ＃３', '/finetune 移除 #3'],
    ['/finetune', '/finetune'],
    ['开始　lr＝1e-3', '开始 lr=1e-3'],
    ['/finetune try v2 为什么 a＝b，c：d？', '/finetune try v2 为什么 a＝b，c：d？'],
    ['/finetune exam add 第一，为什么？\n第二：怎么办？', '/finetune exam add 第一，为什么？\n第二：怎么办？'],
    ['/finetune admin [@小林](person:ou_2)，[@Ben](person:ou_3)', '/finetune admin [@小林](person:ou_2)，[@Ben](person:ou_3)'],
  ])('%j', (typed, read) => expect(commandText(typed)).toBe(read));

  it('with wide signs means what it means with plain ones', () => {
    expect(parseCommand(commandText('／finetune　start　lr＝1e-3，rounds＝3'))).toEqual({
      verb: 'start',
      settings: ['lr=1e-3', 'rounds=3'],
    });
    expect(parseCommand(commandText('/finetune 查看 ｖ２'))).toEqual({ verb: 'show', no: 2 });
    expect(parseCommand(commandText('开始　lr＝1e-3'))).toEqual({ verb: 'start', settings: ['lr=1e-3'] });
  });
});

describe('what people ask', () => {
  it.each(['为什么 x＝1，y：2？', '请看：／etc／hosts', 'a　b，c', '/finetuned model?', '1，2，3', 'start with lr＝3 please'])(
    '%j stays as it is',
    typed => expect(commandText(typed)).toBe(typed),
  );

  it('without a slash is changed only where every word is a setting or a number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('为什么', '部署', 'why', 'v2', 'a＝b', '，', '：', 'ship?', '\n'), { minLength: 2, maxLength: 8 }),
        words => {
          const typed = `问 ${words.join(' ')} 吗？`;
          expect(commandText(typed)).toBe(typed);
        },
      ),
    );
  });
});

describe('the call of the bot', () => {
  const bot = '[@apprentice](person:ou_bot)';
  it.each([
    [`${bot} how do I ship?`, 'how do I ship?'],
    [`${bot}：周报`, '周报'],
    [`how do I ship? ${bot}`, 'how do I ship?'],
    [`please ask ${bot} again`, `please ask ${bot} again`],
    [`${bot} ／finetune　on`, '/finetune on'],
    [`${bot} /finetune admin [@Ben](person:ou_3)`, '/finetune admin [@Ben](person:ou_3)'],
    [bot, ''],
  ])('%j', (typed, read) => expect(commandText(typed, 'ou_bot')).toBe(read));
});
