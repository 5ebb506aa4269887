// What the ids of buttons and lists of boxes say: where they stand in their card, and what the bot calls them. Read back by press.ts.

/** `form` buttons ask for a form first. */
export const buttonId = (n: number, action: string, form: boolean): string => `${form ? 'form' : 'press'}:${n}:${action}`;

/** Undefined for what is no button of ours. */
export function readButtonId(id: string): { action: string; form: boolean } | undefined {
  const [, kind, action] = /^(form|press):\d+:(.+)$/s.exec(id) ?? [];
  return action === undefined ? undefined : { action, form: kind === 'form' };
}

export const ticksId = (list: number, page: number, name: string): string => `ticks:${list}:${page}:${name}`;

/** The name of the list; undefined for what is no list of ours. */
export const readTicksId = (id: string): string | undefined => /^ticks:\d+:\d+:(.*)$/s.exec(id)?.[1];
