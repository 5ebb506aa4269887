// The words behind a command: `--name value` and `--name=value` for the options it knows, the rest in order.
import { Refusal } from '../../src/problem.ts';

export type Arguments<Name extends string> = { options: Partial<Record<Name, string>>; rest: string[] };

/** Throws a Refusal for an option nobody knows, one without a value, and one that comes twice. `usage` names the command's sentence in words/. */
export function readArguments<Name extends string>(args: string[], names: readonly Name[], usage: string): Arguments<Name> {
  const options: Partial<Record<Name, string>> = {};
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [, name, given] = /^--([^=]+)(?:=(.*))?$/su.exec(args[at]) ?? [];
    if (name === undefined) rest.push(args[at]);
    else {
      if (!names.includes(name as Name))
        throw new Refusal('cli.option', { option: `--${name}`, known: names.map(one => `--${one}`).join(', ') || '–' });
      const value = given ?? args[++at];
      if (value === undefined || value === '') throw new Refusal(usage);
      if (options[name as Name] !== undefined) throw new Refusal('cli.optionTwice', { option: `--${name}` });
      options[name as Name] = value;
    }
  }
  return { options, rest };
}
