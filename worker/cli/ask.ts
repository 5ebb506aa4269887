// `ask [--adapter DIR] "question"`: one answer; a report request with notes below it is written in the frame that the adapter was taught.
import { exampleTurns, promptIds } from '../../src/model/prompt.ts';
import { reportRequest } from '../../src/model/report-rule.ts';
import { Refusal } from '../../src/problem.ts';
import { writeDrafts } from '../drafts.ts';
import type { Generated } from '../engine/generator.ts';
import { GREEDY, QA_TOKENS } from '../speaking.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { openAdapter, openEngine } from './engine.ts';

export const ask: Command = async (args, { settings, terminal, signal }) => {
  const { options, rest } = readArguments(args, ['adapter'], 'cli.usage.ask');
  const said = rest.join(' ').trim();
  if (said === '') throw new Refusal('cli.usage.ask');
  const { base, generator } = await openEngine(settings, terminal, signal);
  try {
    const { adapter, form } = options.adapter === undefined ? {} : openAdapter(options.adapter, base);
    const speakers = [adapter ?? ('base' as const)];
    const request = reportRequest(said);
    const write = async (): Promise<Generated[]> => {
      if (request?.notes) {
        const written = await writeDrafts({ base, generator }, { ...request, form: form?.report ?? null, speakers }, signal);
        if (written.leftOut > 0) terminal.tell('weekly.left-out', { lines: written.leftOut });
        return written.drafts;
      }
      const prompt = promptIds(base.tokenizer, exampleTurns({ instruction: said, input: '' }));
      const most = base.model.config.maxPositions - QA_TOKENS;
      if (prompt.length > most) throw new Refusal('worker.questionTooLong', { tokens: prompt.length, most });
      const stop = { tokens: base.tokenizer.endTokens, maxTokens: QA_TOKENS, repeatedLine: true };
      return generator.generate({ prompt, speakers, sampling: GREEDY, stop }, signal);
    };
    const [{ text }] = await write();
    signal.throwIfAborted();
    terminal.print(text.trim());
  } finally {
    await generator.close();
  }
};
