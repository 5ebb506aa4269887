// Our forms as modals that lie before somebody: what stands in their fields, by the names that the bot has for them.
import { submissionOf } from '../../../src/chat/slack/face/view.ts';
import { until } from '../room.ts';
import type { FakeSlack } from './fake.ts';
import { type Input, inputsOf, statesOf } from './states.ts';
import type { View } from './views.ts';

export type Field = Input & { name: string };

const submission = (view: View, values: object) => submissionOf({ ...view, state: { values } } as Parameters<typeof submissionOf>[0]);

/** Undefined for a modal that is no form of ours. Whatever is written into an input comes back under its field's name. */
export function fieldsOf(view: View): Field[] | undefined {
  if (!submissionOf(view)) return undefined;
  return inputsOf(view.blocks).map(input => {
    const states = statesOf(view.blocks, ({ block_id }) => ({ value: block_id === input.block_id ? 'here' : '' }));
    const found = Object.entries(submission(view, states)?.fields ?? {}).find(([, value]) => value === 'here');
    return { ...input, name: found?.[0] ?? input.block_id };
  });
}

/** What stands in the fields as it was opened. */
export const initialOf = (view: View): Record<string, string> => submission(view, statesOf(view.blocks))?.fields ?? {};

/** The modal that follows a press: once it is no longer the one that only says to wait. */
export async function nextModal({ views }: FakeSlack, user: string): Promise<View> {
  const first = (await until(() => views.top(user), 'a modal')).hash;
  return until(() => {
    const top = views.top(user);
    return top && (top.hash !== first || fieldsOf(top)) ? top : undefined;
  }, 'the modal to be ready');
}

/** Fills in and sends; what is wrong with it by field name. A field that is given is written into its first input, and its further ones are emptied. */
export async function send(
  { hands }: FakeSlack,
  user: string,
  view: View,
  given: Record<string, string>,
): Promise<Record<string, string> | undefined> {
  const fields = fieldsOf(view) ?? [];
  const values = statesOf(view.blocks, ({ block_id }) => {
    const i = fields.findIndex(field => field.block_id === block_id);
    const name = fields[i]?.name;
    if (name === undefined || !(name in given)) return undefined;
    return { value: fields.findIndex(field => field.name === name) === i ? given[name] || null : null };
  });
  const errors = await hands.submit(user, view, values);
  const nameOf = (block: string) => fields.find(({ block_id }) => block_id === block)?.name ?? block;
  return errors && Object.fromEntries(Object.entries(errors).map(([block, text]) => [nameOf(block), text]));
}
