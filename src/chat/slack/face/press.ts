// A press on a message of ours, read back from Slack's block_actions: which button, and which boxes are ticked.
import { readButtonId, readTicksId } from './ids.ts';

export type Press = {
  action: string;
  value: string;
  /** By the name of a list: the ticked values with commas between them. */
  fields: Record<string, string>;
  /** The button asks for a form. */
  form: boolean;
};

type BlockActions = {
  actions?: { type?: string; action_id?: string; value?: string }[];
  state?: { values?: Record<string, Record<string, { type?: string; selected_options?: { value?: string }[] | null }>> };
};

/** Undefined where no button of ours was pressed: a ticked box is only kept by Slack, and travels with the next press. */
export function pressOf(body: BlockActions): Press | undefined {
  const [pressed] = body.actions ?? [];
  const button = pressed?.type === 'button' ? readButtonId(pressed.action_id ?? '') : undefined;
  return button && { action: button.action, value: pressed?.value ?? '', fields: ticksOf(body), form: button.form };
}

function ticksOf({ state }: BlockActions): Record<string, string> {
  const ticked: Record<string, string[]> = {};
  for (const [id, element] of Object.values(state?.values ?? {}).flatMap(Object.entries)) {
    const name = readTicksId(id);
    if (name === undefined || element.type !== 'checkboxes') continue;
    ticked[name] = [...(ticked[name] ?? []), ...(element.selected_options ?? []).map(({ value = '' }) => value)];
  }
  return Object.fromEntries(Object.entries(ticked).map(([name, values]) => [name, values.join(',')]));
}
