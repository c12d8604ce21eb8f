import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { ChoicesInput, Form, Input, Reply } from '../../../src/bot/reply.js';
import { drawModal, opensAsModal, type Place, submissionOf } from '../../../src/platforms/slack/modal.js';
import { checkView } from './loopback/views.js';

const place: Place = {
  channel: 'C1',
  message: '1700000000.000100',
  responseUrl: 'https://hooks.example/x',
  seenBy: 'one',
};

function replyWith(inputs: readonly Input[], more: Partial<Form> = {}, text = ''): Reply {
  const form: Form = { title: 'Your answer', press: 'quiz/answer/1', submit: 'Answer', inputs, ...more };
  return { text, form, visibility: 'private' };
}

const answer: Input = { name: 'answer', label: 'Answer', kind: 'text', required: true, maximumLength: 200 };
const drawn = (reply: Reply) => {
  const view = drawModal(reply, place);
  expect(checkView(view, 'modal')).toEqual([]);
  return view;
};
const elementsOf = ({ blocks }: ModalView) =>
  blocks.flatMap((block) => ('element' in block ? [block.element] : []));

/** What Slack sends back, were these the things that a person had filled in. */
function sent(view: ModalView, filled: Readonly<Record<string, object>>) {
  return {
    ...view,
    state: {
      values: Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, { [name]: value }])),
    },
  };
}

describe('a form', () => {
  it('is a modal with its text above its inputs', () => {
    const view = drawn(replyWith([answer], {}, 'What keeps **state**?'));
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'form',
      title: { type: 'plain_text', text: 'Your answer' },
      submit: { text: 'Answer' },
      close: { text: 'Cancel' },
      blocks: [
        { type: 'rich_text' },
        {
          type: 'input',
          block_id: 'answer',
          label: { text: 'Answer' },
          optional: false,
          element: { type: 'plain_text_input', action_id: 'answer', multiline: false, max_length: 200 },
        },
      ],
    });
  });

  it('says a title in full that its own line has no room for', () => {
    const title = 'A mistake in Horizontal Pod Autoscaler';
    const { title: short, blocks } = drawn(replyWith([answer], { title }));
    expect(short.text).toBe('A mistake in Horizontal…');
    expect(blocks[0]).toMatchObject({ type: 'header', text: { text: title } });
  });

  it('shows what was filled in before, where it can be filled in again', () => {
    const view = drawn(
      replyWith([
        { name: 'zone', label: 'Zone', kind: 'text', value: 'Europe/Berlin', hint: 'Such as Asia/Tokyo' },
        { name: 'long', label: 'Long', kind: 'longtext', value: 'x'.repeat(20), maximumLength: 10 },
        { name: 'new', label: 'New', kind: 'number', value: '5.5' },
        { name: 'odd', label: 'Odd', kind: 'number', value: 'five' },
        { name: 'pick', label: 'Pick', kind: 'choice', value: 'b', options: options('a', 'b') },
        { name: 'gone', label: 'Gone', kind: 'choice', value: 'z', options: options('a', 'b') },
      ]),
    );
    const [zone, long, number, odd, pick, gone] = elementsOf(view);
    expect(zone).toMatchObject({ initial_value: 'Europe/Berlin' });
    expect(view.blocks[0]).toMatchObject({ hint: { text: 'Such as Asia/Tokyo' }, optional: true });
    expect(long).toMatchObject({ multiline: true });
    expect(long).not.toHaveProperty('initial_value');
    expect(number).toMatchObject({ type: 'number_input', is_decimal_allowed: true, initial_value: '5.5' });
    expect(odd).not.toHaveProperty('initial_value');
    expect(pick).toMatchObject({ type: 'static_select', initial_option: { value: 'b' } });
    expect(gone).not.toHaveProperty('initial_option');
  });

  it.each<[string, readonly Input[]]>([
    ['no inputs', []],
    ['two inputs of one name', [answer, answer]],
    ['a choice without options', [{ name: 'x', label: 'X', kind: 'choice' }]],
    [
      'a choice with more options than Slack shows',
      [{ name: 'x', label: 'X', kind: 'choice', options: many(101) }],
    ],
    ['an input without a name', [{ ...answer, name: '' }]],
  ])('refuses %s: that is a mistake in a command', (_, inputs) => {
    expect(() => drawModal(replyWith(inputs), place)).toThrow();
  });

  it('refuses a place that Slack would not carry', () => {
    expect(() => drawModal(replyWith([answer]), { ...place, responseUrl: 'x'.repeat(3_000) })).toThrow(
      'too long',
    );
  });
});

describe('an input that takes several options', () => {
  const grouped: ChoicesInput = {
    name: 'needs',
    label: 'What is needed?',
    kind: 'choices',
    hint: 'Any number',
    options: [...under('first', 'a', 'b'), ...under('second', 'c')],
    values: ['b', 'gone'],
  };

  it('is a list for each of its groups, with what is chosen, below what is asked', () => {
    const { blocks } = drawn(replyWith([grouped, answer]));
    expect(blocks).toMatchObject([
      { type: 'section', text: { text: 'What is needed?' } },
      { type: 'context', elements: [{ text: 'Any number' }] },
      {
        type: 'input',
        label: { text: 'First' },
        optional: true,
        element: { type: 'multi_static_select', initial_options: [{ value: 'b' }] },
      },
      { type: 'input', label: { text: 'Second' }, optional: true, element: { options: [{ value: 'c' }] } },
      { type: 'input', block_id: 'answer' },
    ]);
    expect(elementsOf(drawn(replyWith([grouped])))[1]).not.toHaveProperty('initial_options');
  });

  it('without groups is one list below its own label', () => {
    const { blocks } = drawn(replyWith([{ ...grouped, options: options('a', 'b') }]));
    expect(blocks).toMatchObject([{ label: { text: 'What is needed?' }, hint: { text: 'Any number' } }]);
  });

  it('with more options than one list shows is several', () => {
    expect(elementsOf(drawn(replyWith([{ ...grouped, options: many(250) }])))).toHaveLength(3);
  });

  it('with more groups than a modal has room for shares lists among them', () => {
    const crowded = many(300).map((one, at) => ({ ...one, group: `group ${at}` }));
    const view = drawn(replyWith([{ ...grouped, options: crowded }, answer]));
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    const seen = elementsOf(view).flatMap((element) =>
      element.type === 'multi_static_select' ? (element.options ?? []) : [],
    );
    expect(seen).toHaveLength(300);
  });

  it('is read from all of its lists', () => {
    const view = drawn(replyWith([grouped, answer]));
    const chosen = (...values: readonly string[]) => ({ selected_options: options(...values) });
    const filled = sent(view, {
      'needs/0': chosen('a', 'b'),
      'needs/1': chosen('c'),
      answer: { value: 'x' },
    });
    expect(submissionOf(filled)).toMatchObject({
      form: { answer: 'x' },
      choices: { needs: ['a', 'b', 'c'] },
    });
    const none = submissionOf(sent(view, { 'needs/0': chosen(), 'needs/1': {}, answer: { value: 'x' } }));
    expect(none).toMatchObject({ form: { answer: 'x' }, choices: { needs: [] } });
  });
});

describe('whether a reply opens as a modal', () => {
  const reply = replyWith([answer], {}, 'What?');

  it('does with a form and text, however long', () => {
    expect(opensAsModal(reply)).toBe(true);
    const long: Reply = {
      ...reply,
      title: 'Quiz',
      text: Array.from({ length: 900 }, (_, at) => `- item ${at}`).join('\n'),
    };
    expect(opensAsModal(long)).toBe(true);
    expect(JSON.stringify(drawn(long).blocks)).toContain('item 899');
  });

  it.each<[string, Partial<Reply>]>([
    ['buttons', { buttons: [{ label: 'Skip', press: 'quiz/next/1' }] }],
    ['selects', { selects: [{ label: 'Topic', press: 'topics/choose', options: options('a') }] }],
    ['a picture', { image: { alt: 'A plan', png: 'AAAA' } }],
    ['more text than a modal holds', { text: Array.from({ length: 60 }, () => 'a\n\n---').join('\n\n') }],
  ])('does not with %s', (_, more) => {
    expect(opensAsModal({ ...reply, ...more })).toBe(false);
  });

  it('does not without a form', () => {
    expect(opensAsModal({ text: 'What?', visibility: 'private' })).toBe(false);
  });
});

describe('a form that was sent', () => {
  const view = drawn(
    replyWith([answer, { name: 'pick', label: 'Pick', kind: 'choice', options: options('a', 'b') }]),
  );

  it('says what was filled in, for which press, and where the answer belongs', () => {
    const filled = sent(view, {
      answer: { type: 'plain_text_input', value: 'etcd <3' },
      pick: {
        type: 'static_select',
        selected_option: { text: { type: 'plain_text', text: 'b' }, value: 'b' },
      },
    });
    expect(submissionOf(filled)).toEqual({
      press: 'quiz/answer/1',
      place,
      form: { answer: 'etcd <3', pick: 'b' },
      choices: {},
    });
  });

  it('has empty values for what was left out', () => {
    const filled = sent(view, {
      answer: { type: 'plain_text_input', value: null },
      pick: { type: 'static_select', selected_option: null },
    });
    expect(submissionOf(filled)?.form).toEqual({ answer: '', pick: '' });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another view', { ...sent(view, {}), callback_id: 'other' }],
    ['metadata that is no JSON', { ...sent(view, {}), private_metadata: '{' }],
    ['metadata of another shape', { ...sent(view, {}), private_metadata: '{"press":"x"}' }],
  ])('is not ours with %s', (_, foreign) => {
    expect(submissionOf(foreign)).toBeUndefined();
  });
});

function options(...values: readonly string[]) {
  return values.map((value) => ({ label: value.toUpperCase(), value }));
}

function under(group: string, ...values: readonly string[]) {
  return options(...values).map((one) => ({ ...one, group }));
}

function many(count: number) {
  return options(...Array.from({ length: count }, (_, at) => `v${at}`));
}
