// The pre-flight of a run, the first thing that its message says: what will be learned, what it costs, and why each setting is what it is.
import type { Part } from '../../chat/chat.ts';
import type { Part as RowPart } from '../../data/datasets.ts';
import type { Kind } from '../../model/row.ts';
import { type Lang, say } from '../../words/words.ts';
import { settingsPart } from '../card/card.ts';
import { decimal, minutes } from '../figures.ts';

export type PreflightFacts = {
  rows: Record<RowPart, Record<Kind, number>>;
  epochs: number;
  steps: number;
  /** As estimated, and whether from a speed that no run has shown yet. */
  minutes: number;
  guessed: boolean;
  bytes: number;
  freeBytes: number;
  /** Nats a character of the approved answers under the base (worker/reading.ts), and whether that counts as reading them. */
  lossPerCharacter: number;
  reads: boolean;
  settings: string[];
};

const GB = 1e9;

export function preflightParts(lang: Lang, facts: PreflightFacts): Part[] {
  const { rows, epochs, steps, guessed, bytes, freeBytes, lossPerCharacter, reads } = facts;
  const line = (name: string, values: Record<string, string | number>, code = name): [string, string] => [
    say(lang, `preflight.${name}`),
    say(lang, `preflight.${code}.value`, values),
  ];
  return [
    {
      facts: [
        line('learn', { ...rows.train, total: rows.train.qa + rows.train.report }),
        line('test', { ...rows.heldout, total: rows.heldout.qa + rows.heldout.report }),
        line('steps', { rounds: epochs, steps }),
        line('time', { minutes: minutes(facts.minutes * 60_000) }, guessed ? 'time.guessed' : 'time'),
        line('memory', { needs: decimal(bytes / GB), free: decimal(freeBytes / GB) }),
        line('language', { loss: decimal(lossPerCharacter) }, reads ? 'language.reads' : 'language.hardly'),
      ],
    },
    settingsPart(lang, facts.settings),
  ];
}
