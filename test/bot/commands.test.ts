// What is a command and what is a question.
import { describe, expect, it } from 'vitest';
import { parseCommand, VERBS } from '../../src/bot/commands.ts';
import { say } from '../../src/words/words.ts';

describe('commands', () => {
  it.each([
    ['/finetune start', { verb: 'start', settings: [] }],
    ['/finetune start lr=1e-3 rounds=4', { verb: 'start', settings: ['lr=1e-3', 'rounds=4'] }],
    ['/finetune  START  lr=banana', { verb: 'start', settings: ['lr=banana'] }],
    ['/finetune', { verb: 'home' }],
    ['/finetune start learning_rate=1e-3', { verb: 'start', settings: ['learning_rate=1e-3'] }],
    ['/finetune show', { verb: 'show' }],
    ['/finetune show v2', { verb: 'show', no: 2 }],
    ['show 12', { verb: 'show', no: 12 }],
    ['查看v2', { verb: 'show', no: 2 }],
    ['/finetune show banana', { verb: 'misused', of: 'show' }],
    ['/finetune show v0', { verb: 'misused', of: 'show' }],
    ['/finetune examples', { verb: 'examples', page: 1 }],
    ['examples 3', { verb: 'examples', page: 3 }],
    ['示例 3', { verb: 'examples', page: 3 }],
    ['/finetune examples -1', { verb: 'misused', of: 'examples' }],
    ['/finetune remove 7', { verb: 'remove', no: 7 }],
    ['remove #7', { verb: 'remove', no: 7 }],
    ['移除7', { verb: 'remove', no: 7 }],
    ['/finetune remove', { verb: 'misused', of: 'remove' }],
    ['/finetune remove 7 8', { verb: 'misused', of: 'remove' }],
    ['/finetune try v2 How do I ship?', { verb: 'try', no: 2, text: 'How do I ship?' }],
    ['try V2 one line\nand  another', { verb: 'try', no: 2, text: 'one line\nand  another' }],
    ['/finetune try base How do I ship?', { verb: 'try', text: 'How do I ship?' }],
    ['试用v2 怎么发布？', { verb: 'try', no: 2, text: '怎么发布？' }],
    ['/finetune try v2', { verb: 'misused', of: 'try' }],
    ['/finetune try v0 Hello', { verb: 'misused', of: 'try' }],
    ['/finetune close', { verb: 'close' }],
    ['结束', { verb: 'close' }],
    ['/finetune promote v3', { verb: 'promote', no: 3 }],
    ['启用v3', { verb: 'promote', no: 3 }],
    ['/finetune promote the boss', { verb: 'misused', of: 'promote' }],
    ['回滚', { verb: 'rollback' }],
    ['/finetune unblock 3', { verb: 'unblock', no: 3 }],
    ['/finetune exam', { verb: 'exam' }],
    ['exam add How do I ship?\nAnd  when?', { verb: 'exam', add: 'How do I ship?\nAnd  when?' }],
    ['考题 添加 怎么发布？', { verb: 'exam', add: '怎么发布？' }],
    ['/finetune exam remove #3', { verb: 'exam', remove: 3 }],
    ['考题移除3', { verb: 'exam', remove: 3 }],
    ['/finetune exam add', { verb: 'misused', of: 'exam' }],
    ['/finetune export', { verb: 'export' }],
    ['导出', { verb: 'export' }],
    ['/finetune language zh', { verb: 'language', lang: 'zh', everywhere: false }],
    ['/finetune language workspace English', { verb: 'language', lang: 'en', everywhere: true }],
    ['语言 中文', { verb: 'language', lang: 'zh', everywhere: false }],
    ['/finetune language klingon', { verb: 'misused', of: 'language' }],
    ['/finetune cancel my subscription', { verb: 'misused', of: 'cancel' }],
    ['/finetune 状态', { verb: 'status' }],
    ['/finetune cancel', { verb: 'cancel' }],
    ['cancel', { verb: 'cancel' }],
    ['start lr=2e-4', { verb: 'start', settings: ['lr=2e-4'] }],
    ['开始', { verb: 'start', settings: [] }],
    ['/finetune strat', { verb: 'unknown', said: 'strat', near: 'start' }],
    ['/finetune make me a sandwich', { verb: 'unknown', said: 'make', near: undefined }],
    ['/finetune on', { verb: 'on' }],
    ['打开学习', { verb: 'on' }],
    ['关掉学习', { verb: 'off' }],
    ['关闭', { verb: 'close' }],
    ['/finetune approvers', { verb: 'approvers' }],
    ['/finetune approvers anyone', { verb: 'approvers', change: { approve: 'anyone' } }],
    ['approvers admins', { verb: 'approvers', change: { approve: 'admins' } }],
    ['审批人 需要2', { verb: 'approvers', change: { needed: 2 } }],
    ['/finetune approvers needed 0', { verb: 'misused', of: 'approvers' }],
    ['/finetune approvers own no', { verb: 'approvers', change: { ownCounts: false } }],
    ['/finetune approvers @Ann Lee, @Ben', { verb: 'approvers', change: { listed: ['@Ann Lee', '@Ben'] } }],
    [
      'approvers [@Ann](person:U1) [@Ben](person:U2)',
      { verb: 'approvers', change: { listed: ['[@Ann](person:U1)', '[@Ben](person:U2)'] } },
    ],
    ['/finetune approvers the boss', { verb: 'misused', of: 'approvers' }],
    ['/finetune admin @Ann Lee', { verb: 'admin', who: '@Ann Lee' }],
    ['unadmin [@Ann](person:U1)', { verb: 'unadmin', who: '[@Ann](person:U1)' }],
    ['/finetune admin @Ann, @Ben', { verb: 'misused', of: 'admin' }],
    ['/finetune claim 7kq2m-x9pdt', { verb: 'claim', code: '7kq2m-x9pdt' }],
    ['/finetune claim it', { verb: 'misused', of: 'claim' }],
    ['/finetune audit 2', { verb: 'audit', page: 2 }],
    ['/finetune ok', { verb: 'unknown', said: 'ok', near: undefined }],
    ['/finetune start please', { verb: 'start', settings: ['please'] }],
  ])('%s', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each([
    'How do I start the server?',
    'start the server please',
    'help me with pond',
    'cancel my subscription',
    '',
    'finetune start',
    'show me the logs',
    'on which shelf is it?',
    'admin rights for Ann',
    'approvers of the budget?',
    'claim my expenses',
    'audit the books',
    'try turning it off and on',
    'close the ticket please',
    'remove the old alerts',
    'examples of a good answer?',
    '删除3号柜子怎么做？',
    '开始上线前要做什么？',
    'promote the new build to production',
    'rollback of a release, how?',
    'exam results',
    '回滚一次发布怎么做？',
    '考试什么时候？',
    'language',
  ])('a question: %s', text => {
    expect(parseCommand(text)).toBeUndefined();
  });

  it('each have their line in help, with the way to write them that is understood', () => {
    for (const verb of VERBS) {
      const usage = say('en', `help.usage.${verb}`)
        .replaceAll(/\[(?:workspace|page)\] ?|\|zh$/g, '')
        .replaceAll(/[[\]]/g, '');
      expect(parseCommand(usage), usage).toMatchObject({ verb });
      expect(say('zh', `help.about.${verb}`)).not.toContain('help.about');
    }
  });
});
