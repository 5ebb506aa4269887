// What people pressed on this page, for as long as it lives: a vote shows which one it was.
import type { Button } from '../../chat/chat.ts';

export type Choices = {
  /** The value that `person` pressed last on a message, by action. */
  of(person: string, message: string): Record<string, string>;
  keep(person: string, message: string, button: Button): void;
};

export function openChoices(): Choices {
  const all = new Map<string, Record<string, string>>();
  const of = (person: string, message: string) => all.get(`${person} ${message}`) ?? {};
  return {
    of,
    keep: (person, message, { action, value }) => all.set(`${person} ${message}`, { ...of(person, message), [action]: value }),
  };
}
