// Whether Feishu would take a card: JSON 2.0 with known elements and properties only, ids unique, forms and columns as its rules say.
import { BUTTON_TYPES, COLORS, ELEMENTS, INTERACTIVE, PARTS } from './card-tags.ts';
import type { Cloud } from './cloud.ts';
import { LIMITS, refuse } from './limits.ts';

export type Json = Record<string, unknown>;
/** An element of a card. */
export type Element = Json & { tag: string };

type Inside = { columnSets: number; form?: Json; names: Set<string> };
type Seen = { charts: number; tables: number; ids: Set<string> };

const ELEMENT_ID = /^[A-Za-z][A-Za-z0-9_]{0,19}$/;
const NOT_IN_FORM = ['form', 'table', 'chart'];
const NOT_IN_COLUMN = ['form', 'table'];

/** Throws the refusal that this card gets. Its bytes are counted by whoever has them. */
export function checkCard({ uploads }: Pick<Cloud, 'uploads'>, card: Json): void {
  const seen: Seen = { charts: 0, tables: 0, ids: new Set() };
  if (card.schema !== '2.0') bad('schema must be 2.0');
  only(card, 'card', 'the card');
  if (card.config !== undefined) checkConfig(object(card.config, 'config'));
  if (card.header !== undefined) checkHeader(object(card.header, 'header'));
  const body = object(card.body, 'body');
  only(body, 'body', 'body');
  for (const element of all(body.elements, 'body.elements')) check(element, { columnSets: 0, names: new Set() });
  const elements = tagged(card);
  if (elements > LIMITS.cardElements) bad(`${elements} elements, at most ${LIMITS.cardElements}`);
  if (seen.tables > LIMITS.cardTables) bad('ErrCode: 11310; ErrMsg: card table number over limit');
  if (seen.charts > LIMITS.charts) bad(`${seen.charts} charts, at most ${LIMITS.charts}`);

  function check(element: Element, inside: Inside): void {
    const { tag } = element;
    const known = ELEMENTS[tag] ?? bad(`unknown tag ${tag}`);
    for (const name of Object.keys(element)) {
      if (!['tag', 'element_id', 'margin', ...known].includes(name)) bad(`unknown property ${name} of ${tag}`);
    }
    checkId(element.element_id);
    if (inside.form && NOT_IN_FORM.includes(tag)) bad(`${tag} within a form`);
    if (inside.columnSets > 0 && NOT_IN_COLUMN.includes(tag)) bad(`${tag} within a column_set`);
    if (inside.form && INTERACTIVE.includes(tag)) checkName(element, inside.names);
    if (INTERACTIVE.includes(tag)) for (const behavior of all(element.behaviors ?? [], 'behaviors')) checkBehavior(behavior);
    checkOwn(element, inside);
  }

  function checkOwn(element: Element, inside: Inside): void {
    switch (element.tag) {
      case 'markdown':
        seen.tables += tablesIn(text(element.content, 'markdown content'));
        break;
      case 'div':
        if (element.text !== undefined) checkText(element.text);
        break;
      case 'img':
        if (!uploads.has(String(element.img_key))) bad(`img_key ${element.img_key} is not valid`);
        checkText(element.alt);
        break;
      case 'chart':
        seen.charts += 1;
        object(element.chart_spec, 'chart_spec');
        break;
      case 'table':
        seen.tables += 1;
        all(element.columns, 'columns');
        all(element.rows, 'rows');
        break;
      case 'column_set':
        checkColumns(all(element.columns, 'columns'), { ...inside, columnSets: inside.columnSets + 1 });
        break;
      case 'column':
        if (inside.columnSets === 0) bad('column outside of a column_set');
        for (const each of all(element.elements ?? [], 'elements')) check(each, inside);
        break;
      case 'collapsible_panel':
      case 'interactive_container':
        for (const each of all(element.elements, 'elements')) check(each, inside);
        break;
      case 'form':
        checkForm(element, inside);
        break;
      case 'button':
        checkButton(element, inside);
        break;
      case 'checker':
        checkText(element.text);
        break;
      case 'select_static':
      case 'multi_select_static':
        for (const option of all(element.options, 'options')) checkOption(option);
        break;
      case 'input':
        checkInput(element, inside);
    }
  }

  function checkColumns(columns: Element[], inside: Inside): void {
    if (inside.columnSets > LIMITS.columnSetDepth) bad('column_set is nested too deeply');
    for (const column of columns) {
      if (column.tag !== 'column') bad('a column_set holds columns');
      check(column, inside);
    }
  }

  function checkForm(form: Element, inside: Inside): void {
    text(form.name, 'form name');
    const names = new Set<string>();
    const elements = all(form.elements, 'elements');
    for (const each of elements) check(each, { ...inside, form, names });
    const submits = buttonsIn(elements).filter(({ form_action_type }) => form_action_type === 'submit');
    if (submits.length === 0) bad('a form without a submit button');
  }

  function checkId(id: unknown): void {
    if (id === undefined) return;
    if (typeof id !== 'string' || !ELEMENT_ID.test(id)) bad(`element_id ${id}: a letter, then letters, digits and _, at most 20`);
    if (seen.ids.has(id as string)) bad(`element_id ${id} stands twice`);
    seen.ids.add(id as string);
  }
}

/** JSON 2.0 knows shared cards only. */
function checkConfig(config: Json): void {
  only(config, 'config', 'config');
  if (config.update_multi === false) bad('update_multi must be true in a card of JSON 2.0');
}

const tablesIn = (markdown: string) => markdown.match(/^\|.*\|\n\|[\s:|-]+\|$/gm)?.length ?? 0;

/** Everything with a tag, at any depth. */
function tagged(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Object.values(value).reduce((sum: number, each) => sum + tagged(each), 0);
  return 'tag' in value ? within + 1 : within;
}

function checkHeader(header: Json): void {
  only(header, 'header', 'header');
  checkText(header.title);
  if (header.subtitle !== undefined) checkText(header.subtitle);
  if (header.template !== undefined && !COLORS.includes(String(header.template))) bad(`template ${header.template}`);
}

function checkButton(button: Element, { form }: Inside): void {
  const label = checkText(button.text);
  if ([...label].length > LIMITS.buttonCharacters) bad(`a button's text of ${label.length} characters`);
  if (button.type !== undefined && !BUTTON_TYPES.includes(String(button.type))) bad(`button type ${button.type}`);
  if (button.form_action_type !== undefined && !form) bad('form_action_type outside of a form');
  if (button.form_action_type !== undefined && !['submit', 'reset'].includes(String(button.form_action_type))) bad('form_action_type');
}

function checkInput(input: Element, { form }: Inside): void {
  if (!form && input.behaviors === undefined) bad('an input outside of a form needs behaviors');
  if (input.label !== undefined) checkText(input.label);
  if (input.placeholder !== undefined) checkText(input.placeholder);
  const most = Number(input.max_length ?? LIMITS.inputCharacters);
  if (!(most >= 1 && most <= LIMITS.inputCharacters)) bad(`max_length: 1 to ${LIMITS.inputCharacters}`);
  if (input.default_value !== undefined && text(input.default_value, 'default_value').length > most) bad('default_value is too long');
}

function checkName(element: Element, names: Set<string>): void {
  const name = text(element.name, `name of ${element.tag} within a form`);
  if (name === '' || names.has(name)) bad(`name ${name} within a form is empty or stands twice`);
  names.add(name);
}

function checkOption(option: Element): void {
  only(option, 'option', 'option');
  checkText(option.text);
  text(option.value, 'option value');
}

function checkBehavior(behavior: Json): void {
  const { type } = behavior;
  if (type !== 'callback' && type !== 'open_url') bad(`behavior ${type}`);
  only(behavior, type as string, `behavior ${type}`);
  if (type === 'callback') object(behavior.value, 'the value of a callback');
  else text(behavior.default_url, 'default_url');
}

function checkText(value: unknown): string {
  const { tag, content } = object(value, 'text');
  if (tag !== 'plain_text' && tag !== 'lark_md') bad(`text tag ${tag}`);
  only(value as Json, 'text', 'text');
  return text(content, 'text content');
}

/** Every button below these elements. */
export const buttonsIn = (elements: Element[]): Element[] => walk(elements).filter(({ tag }) => tag === 'button');

/** These elements and all below them, in reading order. */
export function walk(elements: Element[]): Element[] {
  return elements.flatMap(element => [
    element,
    ...walk(
      [...((element.columns as Element[] | undefined) ?? []), ...((element.elements as Element[] | undefined) ?? [])].filter(isElement),
    ),
  ]);
}
// A table's columns are no elements.
const isElement = ({ tag }: Element) => typeof tag === 'string';

function only(value: Json, part: string, where: string): void {
  for (const name of Object.keys(value)) if (!PARTS[part].includes(name)) bad(`unknown property ${name} in ${where}`);
}

function object(value: unknown, what: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : bad(`${what} must be an object`);
}
function all(value: unknown, what: string): Element[] {
  return Array.isArray(value) ? (value as Element[]) : bad(`${what} must be a list`);
}
function text(value: unknown, what: string): string {
  return typeof value === 'string' ? value : bad(`${what} must be text`);
}
const bad = (what: string): never => refuse('badCard', what);
