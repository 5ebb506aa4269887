// The elements of a JSON 2.0 card that the fake knows, with every property that each may have. Feishu knows more of them: what a card
// of ours comes to use is one row more here. Source: the vendor's pages of each component (feishu-cards/card-json-v2-components).

const TEXT = ['tag', 'content', 'i18n_content', 'text_size', 'text_align', 'text_color', 'lines', 'icon'];
const BOX = ['direction', 'padding', 'margin', 'horizontal_spacing', 'horizontal_align', 'vertical_spacing', 'vertical_align'];
const INPUT = ['name', 'required', 'disabled', 'width', 'behaviors', 'confirm', 'value', 'hover_tips', 'disabled_tips', 'fallback'];

/** tag → its properties beside `tag`, `element_id` and `margin`. */
export const ELEMENTS: Record<string, string[]> = {
  markdown: ['content', 'i18n_content', 'text_align', 'text_size', 'icon'],
  div: ['text', 'fields', 'icon', 'width'],
  hr: [],
  img: ['img_key', 'alt', 'title', 'corner_radius', 'scale_type', 'size', 'transparent', 'preview', 'mode', 'custom_width'],
  person: ['user_id', 'size', 'show_avatar', 'show_name', 'style'],
  chart: ['aspect_ratio', 'color_theme', 'chart_spec', 'preview', 'height'],
  table: ['columns', 'rows', 'page_size', 'row_height', 'row_max_height', 'header_style', 'freeze_first_column'],
  column_set: ['columns', 'flex_mode', 'background_style', 'action', ...BOX],
  column: ['elements', 'width', 'weight', 'background_style', 'action', ...BOX],
  button: ['text', 'type', 'size', 'icon', 'form_action_type', ...INPUT],
  form: ['elements', 'name', ...BOX],
  input: [
    'label',
    'label_position',
    'placeholder',
    'default_value',
    'max_length',
    'input_type',
    'rows',
    'auto_resize',
    'max_rows',
    'show_icon',
    ...INPUT,
  ],
  select_static: ['placeholder', 'options', 'initial_option', 'initial_index', 'type', ...INPUT],
  multi_select_static: ['placeholder', 'options', 'selected_values', 'type', ...INPUT],
  checker: ['checked', 'text', 'overall_checkable', 'button_area', 'checked_style', 'padding', ...INPUT],
  collapsible_panel: ['expanded', 'header', 'border', 'elements', 'background_color', ...BOX],
  interactive_container: [
    'elements',
    'width',
    'height',
    'background_style',
    'has_border',
    'border_color',
    'corner_radius',
    ...INPUT,
    ...BOX,
  ],
};

/** Those that a person can act on: within a form each has a name of its own. */
export const INTERACTIVE = ['button', 'input', 'select_static', 'multi_select_static', 'checker'];

/** Objects within a card that are no elements. */
export const PARTS: Record<string, string[]> = {
  card: ['schema', 'config', 'card_link', 'header', 'body'],
  config: [
    'streaming_mode',
    'streaming_config',
    'summary',
    'locales',
    'enable_forward',
    'enable_forward_interaction',
    'update_multi',
    'width_mode',
    'use_custom_translation',
    'style',
  ],
  header: ['title', 'subtitle', 'text_tag_list', 'i18n_text_tag_list', 'template', 'icon', 'padding'],
  body: ['elements', ...BOX],
  text: TEXT,
  option: ['text', 'value', 'icon'],
  callback: ['type', 'value'],
  open_url: ['type', 'default_url', 'pc_url', 'ios_url', 'android_url'],
};

export const COLORS = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
];
export const BUTTON_TYPES = [
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
];
