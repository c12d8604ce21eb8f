import { describe, expect, it } from 'vitest';
import { areTooLong, checkBlocks } from './blocks.js';
import { checkView } from './views.js';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const options = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ text: plain(`option ${at}`), value: String(at) }));
const select = (more: object = {}) => ({ type: 'static_select', options: options(2), ...more });
const check = (...blocks: object[]) => checkBlocks(blocks, 'message');

const GOOD = [
  { type: 'header', text: plain('etcd') },
  rich(
    {
      type: 'rich_text_section',
      elements: [{ type: 'text', text: 'etcd', style: { bold: true, code: true } }],
    },
    {
      type: 'rich_text_list',
      style: 'bullet',
      indent: 1,
      border: 0,
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://etcd.io', text: 'x' }] },
      ],
    },
    { type: 'rich_text_quote', elements: [{ type: 'emoji', name: 'wave' }] },
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\nb' }], border: 0 },
  ),
  {
    type: 'section',
    text: { type: 'mrkdwn', text: '*x*', verbatim: true },
    accessory: button({ action_id: 'a' }),
  },
  { type: 'section', fields: [plain('a'), plain('b')] },
  { type: 'context', elements: [plain('small'), { type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }] },
  actions(
    button({ action_id: 'b', value: 'x'.repeat(2000), style: 'primary' }),
    select({ action_id: 'c', placeholder: plain('Choose'), initial_option: options(2)[1] }),
    { type: 'multi_static_select', options: options(100), max_selected_items: 3, action_id: 'd' },
    { type: 'overflow', options: options(5), action_id: 'e' },
  ),
  { type: 'image', alt_text: 'A chart', slack_file: { id: 'F1' }, title: plain('Chart') },
  { type: 'divider', block_id: 'z' },
];

describe('blocks that Slack takes', () => {
  it('of every kind', () => {
    expect(check(...GOOD)).toEqual([]);
  });

  it('in a modal, with inputs', () => {
    const input = (element: object) => ({ type: 'input', label: plain('Name'), element, optional: true });
    const view = {
      type: 'modal',
      title: plain('A form'),
      submit: plain('Send'),
      private_metadata: 'x'.repeat(3000),
      blocks: [
        input({ type: 'plain_text_input', multiline: true, max_length: 3000, initial_value: 'x' }),
        input({ type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }),
        input(select()),
      ],
    };
    expect(checkView(view, 'modal')).toEqual([]);
    expect(checkView({ ...view, submit: undefined }, 'modal')).toEqual([
      'missing required field: submit [json-pointer:/view]',
    ]);
    expect(checkView(view, 'home')).toEqual(['must be home [json-pointer:/view/type]']);
  });
});

describe('blocks that Slack refuses', () => {
  const text = (more: object) => rich({ type: 'rich_text_section', elements: [{ type: 'text', ...more }] });
  const cases: readonly [string, object[], string][] = [
    [
      'a long header',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an unknown block',
      [{ type: 'accordion' }],
      'unsupported type: accordion [json-pointer:/blocks/0/type]',
    ],
    [
      'an unknown field',
      [{ type: 'divider', color: 'red' }],
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    ['a missing field', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'markup in a label',
      [actions(button({ text: { type: 'mrkdwn', text: 'x' } }))],
      'must be a valid value',
    ],
    [
      'a long label',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'an empty text',
      [text({ text: '' })],
      'must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
    ],
    ['an unknown style', [text({ text: 'x', style: { loud: true } })], 'invalid additional property: loud'],
    [
      'a nested list in a list',
      [rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_list' }] })],
      '/blocks/0/elements/0/elements/0/type',
    ],
    [
      'a deep list',
      [
        rich({
          type: 'rich_text_list',
          style: 'bullet',
          indent: 9,
          elements: [{ type: 'rich_text_section', elements: [] }],
        }),
      ],
      'must be less than or equal to 8',
    ],
    [
      'a mention in preformatted text',
      [rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })],
      'unsupported type: user',
    ],
    ['too many options', [actions(select({ options: options(101) }))], 'no more than 100 items allowed'],
    [
      'two options of one value',
      [actions(select({ options: [...options(1), ...options(1)] }))],
      'option values must be unique',
    ],
    [
      'an initial option from elsewhere',
      [actions(select({ initial_option: options(3)[2] }))],
      'initial option must be one of the options',
    ],
    [
      'two elements of one id',
      [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))],
      'action_id "a" already exists [json-pointer:/blocks/1/elements/0/action_id]',
    ],
    [
      'two blocks of one id',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'block_id "a" already exists',
    ],
    [
      'a picture without a source',
      [{ type: 'image', alt_text: 'x' }],
      'provide either image_url or slack_file',
    ],
    [
      'a long context',
      [{ type: 'context', elements: [plain('x'.repeat(3001))] }],
      'must be less than 3001 characters',
    ],
    [
      'too many blocks',
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      'a text input among the buttons',
      [actions({ type: 'plain_text_input' })],
      'unsupported type: plain_text_input',
    ],
  ];
  it.each(cases)('%s', (_name, blocks, problem) => {
    expect(check(...blocks).join('\n')).toContain(problem);
  });

  it('as too long together', () => {
    const section = { type: 'section', text: plain('x'.repeat(3000)) };
    expect(areTooLong([section, section, section, section])).toBe(false);
    expect(areTooLong([section, section, section, section, section])).toBe(true);
  });
});
