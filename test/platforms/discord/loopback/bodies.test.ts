import { describe, expect, it } from 'vitest';
import { type BodyKind, checkBody } from './bodies.js';
import { ApiError } from './errors.js';
import { COMPONENTS_V2 } from './limits.js';

/** Codes and paths of what is wrong with a body; empty where Discord takes it. */
function wrongWith(kind: BodyKind, body: unknown): string[] {
  try {
    return checkBody(kind, body).map(({ path, code }) => `${path.join('.')} ${code}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.problems.map(({ path, code }) => `${path.join('.')} ${code}`.trim());
  }
}

const button = (id: string, more: object = {}) => ({ type: 2, style: 1, label: id, custom_id: id, ...more });
const select = (id: string, more: object = {}) => ({
  type: 3,
  custom_id: id,
  options: [
    { label: 'A', value: 'a' },
    { label: 'B', value: 'b' },
  ],
  ...more,
});
const rows = (...components: object[]) => ({ content: 'x', components: [{ type: 1, components }] });
const text = (content: string) => ({ type: 10, content });
const v2 = (...components: object[]) => ({ flags: COMPONENTS_V2, components });
const many = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('a message', () => {
  it.each<[string, object]>([
    [
      'with five rows of five buttons',
      {
        content: 'x',
        components: many(5).map((at) => ({
          type: 1,
          components: many(5).map((to) => button(`${at}-${to}`)),
        })),
      },
    ],
    ['with a link', rows({ type: 2, style: 5, label: 'x', url: 'https://example.org' })],
    ['with a select of which several may be chosen', rows(select('s', { min_values: 0, max_values: 2 }))],
    ['with 4,000 characters in components', v2(text('x'.repeat(4000)))],
    [
      'of an embed with 25 fields',
      { embeds: [{ fields: many(25).map((at) => ({ name: `${at}`, value: 'x' })) }] },
    ],
    ['that calls nobody', { content: 'x', allowed_mentions: { parse: [] }, tts: false, flags: 64 }],
  ])('%s is taken', (_, body) => {
    expect(wrongWith('followUp', body)).toEqual([]);
  });

  const ROW = 'components.0.components';
  it.each<[string, object, string[]]>([
    ['six buttons in a row', rows(...many(6).map((at) => button(`${at}`))), [`${ROW} BASE_TYPE_MAX_LENGTH`]],
    [
      'a select beside a button',
      rows(select('s'), button('b')),
      [`${ROW}.5 COMPONENT_LAYOUT_WIDTH_EXCEEDED`],
    ],
    [
      'a button without a custom id',
      rows({ type: 2, style: 1, label: 'x' }),
      [`${ROW}.0 BUTTON_COMPONENT_CUSTOM_ID_REQUIRED`],
    ],
    [
      'a link without an address',
      rows({ type: 2, style: 5, label: 'x' }),
      [`${ROW}.0 BUTTON_COMPONENT_URL_REQUIRED`],
    ],
    [
      'a button without words',
      rows(button('b', { label: ' ' })),
      [`${ROW}.0 BUTTON_COMPONENT_LABEL_REQUIRED`],
    ],
    ['a long label', rows(button('b', { label: 'x'.repeat(81) })), [`${ROW}.0.label BASE_TYPE_MAX_LENGTH`]],
    [
      'one value twice',
      rows(select('s', { options: many(2).map(() => ({ label: 'A', value: 'a' })) })),
      [`${ROW}.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`],
    ],
    [
      'more to choose than there is',
      rows(select('s', { max_values: 3 })),
      [`${ROW}.0.max_values SELECT_COMPONENT_MAX_VALUES_OUT_OF_RANGE`],
    ],
    ['no option', rows(select('s', { options: [] })), [`${ROW}.0.options BASE_TYPE_MIN_LENGTH`]],
    [
      'a component outside a row',
      { content: 'x', components: [text('y')] },
      ['components.0 UNION_TYPE_CHOICES'],
    ],
    ['a component of no type', rows({ type: 99 }), [`${ROW}.0 UNION_TYPE_CHOICES`]],
    [
      'six rows',
      { content: 'x', components: many(6).map((at) => ({ type: 1, components: [button(`${at}`)] })) },
      ['components BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'much text in components',
      v2(text('x'.repeat(2001)), text('y'.repeat(2000))),
      ['components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED'],
    ],
    [
      'many components within components',
      v2(...many(11).map((at) => ({ type: 1, components: many(3).map((to) => button(`${at}-${to}`)) }))),
      ['components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'],
    ],
    [
      'words beside components that stand alone',
      { ...v2(text('x')), content: 'y' },
      ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    [
      'mentions named and parsed at once',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      ['allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
    ],
    [
      'one mention twice',
      { content: 'x', allowed_mentions: { users: ['1', '1'] } },
      ['allowed_mentions.users SET_TYPE_ALREADY_CONTAINS_VALUE'],
    ],
    ['long words', { content: 'x'.repeat(2001) }, ['content BASE_TYPE_MAX_LENGTH']],
    [
      'a colour that is none',
      { embeds: [{ title: 'x', color: 0x1000000 }] },
      ['embeds.0.color NUMBER_TYPE_MAX'],
    ],
    ['words that are a number', { content: 3 }, ['content STRING_TYPE_CONVERT']],
    [
      'an address that is none',
      { embeds: [{ title: 'x', url: 'etcd' }] },
      ['embeds.0.url URL_TYPE_INVALID_URL'],
    ],
  ])('with %s is refused', (_, body, problems) => {
    expect(wrongWith('followUp', body)).toEqual(problems);
  });

  it('is refused at the same places as an answer to an interaction', () => {
    const body = { type: 4, data: { ...rows(button('a'), button('a')), embeds: [{ titel: 'x' }] } };
    expect(wrongWith('callback', body)).toEqual([
      'data.components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ]);
  });
});

describe('an answer', () => {
  const input = (id: string, more: object = {}) => ({
    type: 18,
    label: id,
    component: { type: 4, custom_id: id, style: 1, ...more },
  });
  const modal = (...components: object[]) => ({ type: 9, data: { custom_id: 'f', title: 'F', components } });

  it.each<[string, unknown, string[]]>([
    ['with a form', modal(text('x'), input('a'), { type: 18, label: 'b', component: select('b') }), []],
    [
      'with two inputs of one name',
      modal(input('a'), input('a')),
      ['data.components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    ['with an empty form', modal(), ['data.components BASE_TYPE_MIN_LENGTH']],
    ['with a long label', modal(input('x'.repeat(46))), ['data.components.0.label BASE_TYPE_MAX_LENGTH']],
    [
      'with much preset text',
      modal(input('a', { value: 'x'.repeat(4001) })),
      ['data.components.0.component.value BASE_TYPE_MAX_LENGTH'],
    ],
    ['with choices', { type: 8, data: { choices: [{ name: 'a', value: 'a' }] } }, []],
    [
      'with a choice without a name',
      { type: 8, data: { choices: [{ name: '', value: 'a' }] } },
      ['data.choices.0.name BASE_TYPE_MIN_LENGTH'],
    ],
    [
      'with many choices',
      { type: 8, data: { choices: many(26).map((at) => ({ name: `${at}`, value: 'a' })) } },
      ['data.choices BASE_TYPE_MAX_LENGTH'],
    ],
    ['that defers', { type: 5, data: { flags: 64 } }, []],
    ['of no type', { type: 3 }, ['type BASE_TYPE_CHOICES']],
  ])('%s is told right from wrong', (_, body, problems) => {
    expect(wrongWith('callback', body)).toEqual(problems);
  });
});

describe('a command', () => {
  const command = (more: object) => ({ name: 'eks', description: 'x', ...more });
  const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more });

  it.each<[string, object, string[]]>([
    [
      'for administrators',
      command({ default_member_permissions: '32', contexts: [0, 1], integration_types: [0] }),
      [],
    ],
    ['with required options first', command({ options: [option('a', { required: true }), option('b')] }), []],
    ['without a description', { name: 'eks' }, ['description BASE_TYPE_REQUIRED']],
    ['with a context twice', command({ contexts: [0, 0] }), ['contexts SET_TYPE_ALREADY_CONTAINS_VALUE']],
    [
      'with capitals',
      command({ options: [option('Query')] }),
      ['options.0.name APPLICATION_COMMAND_INVALID_NAME'],
    ],
    [
      'with a subcommand beside an option',
      command({ options: [{ ...option('a'), type: 1 }, option('b')] }),
      ['options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
    ],
    [
      'with choices and completion',
      command({ options: [option('a', { autocomplete: true, choices: [{ name: 'x', value: 'x' }] })] }),
      ['options.0 APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE'],
    ],
    [
      'with one choice twice',
      command({ options: [option('a', { choices: many(2).map(() => ({ name: 'x', value: 'x' })) })] }),
      ['options.0 APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS'],
    ],
    [
      'with more than 8,000 characters',
      command({
        options: [
          option('a', { choices: many(2).map((at) => ({ name: `${at}`, value: `${at}`.repeat(4000) })) }),
        ],
      }),
      ['APPLICATION_COMMAND_TOO_LARGE'],
    ],
  ])('%s is told right from wrong', (_, body, problems) => {
    expect(wrongWith('command', body)).toEqual(problems);
  });

  it('with the name of another is refused among others', () => {
    expect(wrongWith('commands', [command({}), command({})])).toEqual([
      '1 APPLICATION_COMMANDS_DUPLICATE_NAME',
    ]);
    expect(wrongWith('commands', [command({ name: 'x'.repeat(33) })])).toEqual([
      '0.name BASE_TYPE_MAX_LENGTH',
    ]);
    expect(
      wrongWith(
        'commands',
        many(101).map((at) => command({ name: `c${at}` })),
      ),
    ).toEqual(['BASE_TYPE_MAX_LENGTH']);
  });
});
