// What stands in the inputs and boxes of blocks: as they come, and as somebody has changed them.
import type { Values } from './payloads.ts';
import type { Json } from './team.ts';

type Element = Json & { type: string; action_id: string };
export type Input = { block_id: string; label: string; element: Element };

const HOLDING = ['checkboxes', 'radio_buttons', 'plain_text_input', 'number_input', 'static_select'];

/** Every element that holds something, with the block that it stands in. */
export function inputsOf(blocks: Json[]): Input[] {
  return blocks.flatMap(block => {
    const elements = [...((block.elements as Element[]) ?? []), block.element as Element, block.accessory as Element];
    const label = (block.label as { text?: string } | undefined)?.text ?? '';
    return elements
      .filter(element => element && HOLDING.includes(element.type))
      .map(element => ({ block_id: String(block.block_id), label, element }));
  });
}

/** As Slack sends them in `state.values`; `change` gives another value for an input, or undefined to leave it. */
export function statesOf(blocks: Json[], change: (input: Input) => Json | undefined = () => undefined): Values {
  const values: Values = {};
  for (const input of inputsOf(blocks)) {
    const { block_id, element } = input;
    values[block_id] = { ...values[block_id], [element.action_id]: { type: element.type, ...initial(element), ...change(input) } };
  }
  return values;
}

function initial({ type, initial_options, initial_option, initial_value }: Element): Json {
  if (type === 'checkboxes') return { selected_options: initial_options ?? [] };
  if (type === 'radio_buttons' || type === 'static_select') return { selected_option: initial_option ?? null };
  return { value: initial_value ?? null };
}
