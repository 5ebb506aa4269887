// What `npm start` shows while the model comes: a bar that moves on a terminal, one line a phase in a log.
import { expect, test } from 'vitest';
import { openTerminal } from '../../src/start/terminal.ts';

function shown(isTTY: boolean, lang: 'en' | 'zh' = 'en'): string {
  let text = '';
  const terminal = openTerminal({ isTTY, write: part => (text += part) }, lang);
  terminal.bar('download', 0, 93e6);
  terminal.bar('download', 46.5e6, 93e6);
  terminal.line('start.bot');
  terminal.bar('download', 93e6, 93e6);
  terminal.bar('import', 270e6, 270e6);
  terminal.line('start.worker');
  return text;
}

test('on a terminal the bar stays on its line, other lines do not tear it, and it ends', () => {
  const screen = shown(true)
    .split('\n')
    .map(line => line.split('\r').at(-1)!.replace('\x1b[K', ''));
  expect(screen).toEqual([
    `Model      downloading ${'█'.repeat(15)}${'░'.repeat(15)} 50 % 47/93 MB`,
    'Bot        ready',
    `Model      downloading ${'█'.repeat(30)} 100 % 93/93 MB`,
    `Model      importing   ${'█'.repeat(30)} 100 % 270/270 MB`,
    'Worker     ready',
    '',
  ]);
});

test('in a log: one line a phase, no control characters', () => {
  expect(shown(false)).toBe('Model      downloading (93 MB)\nBot        ready\nModel      importing   (270 MB)\nWorker     ready\n');
  expect(shown(false, 'zh')).toContain('下载中');
});
