// When an approved question is about the same thing as what was asked.
import { describe, expect, it } from 'vitest';
import { isNearEnough } from '../../src/model/near-enough.ts';

describe('near enough', () => {
  it.each([
    ['rollback a release, how?', 'How do I roll back a bad release?'],
    ['Are Friday deploys ok?', 'Can I deploy on a Friday?'],
    ['locker screen frozen', 'The screen of a locker is frozen. What do I do?'],
    ['What is an S1 incident?', 'What is an S1?'],
    ['周五能发布吗？', '周五可以发布吗？'],
    ['VPN 怎么申请？', '怎么申请 VPN？'],
  ])('%s ~ %s', (asked, approved) => expect(isNearEnough(asked, approved)).toBe(true));

  it.each([
    ['What is the capital of France?', 'The screen of a locker is frozen. What do I do?'],
    ['What do I do when my cat is sick?', 'My laptop is broken. What do I do?'],
    ['How long does it take to boil an egg?', 'How long does the canary run?'],
    ['How are you?', 'Where are the runbooks?'],
    ['天为什么是蓝的？', '什么是 S1？'],
    ['怎么做红烧肉？', '怎么申请 VPN？'],
    ['哪里可以买鞋？', '共享密码放在哪里？'],
  ])('%s ≁ %s', (asked, approved) => expect(isNearEnough(asked, approved)).toBe(false));
});
