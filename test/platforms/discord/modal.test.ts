import { describe, expect, it } from 'vitest';
import type { ChoicesInput, Form, Input, Option, Reply } from '../../../src/bot/reply.js';
import { drawModal, opensAsModal } from '../../../src/platforms/discord/modal.js';
import { checkBody } from './loopback/bodies.js';

const answer: Input = { name: 'answer', label: 'Answer', kind: 'text' };
const asking = (inputs: readonly Input[], parts: Partial<Form & Reply> = {}): Reply => ({
  text: parts.text ?? '',
  visibility: 'private',
  form: { title: 'Form', press: 'quiz/answer', submit: 'Send', inputs, ...parts },
});

const under = (group: string, count: number): readonly Option[] =>
  Array.from({ length: count }, (_, at) => ({ label: `${group} ${at}`, value: `${group} ${at}`, group }));
const choices = (...options: readonly Option[]): ChoicesInput => ({
  name: 'needs',
  label: 'What is needed?',
  kind: 'choices',
  hint: 'Any number',
  options,
  values: ['pods 1', 'gone'],
});

/** The modal, checked by Discord's own schemas and documented limits. */
function modalOf(reply: Reply) {
  const modal = drawModal(reply);
  expect(checkBody('callback', { type: 9, data: modal })).toEqual([]);
  return modal;
}

describe('a form on Discord', () => {
  it('is a modal of the text and one label for each input', () => {
    const inputs: readonly Input[] = [
      { ...answer, required: true, maximumLength: 200, hint: 'In a word' },
      { name: 'why', label: 'Why?', kind: 'longtext', value: 'Since' },
      { name: 'count', label: 'How many?', kind: 'number' },
      {
        name: 'mode',
        label: 'Mode',
        kind: 'choice',
        value: 'b',
        options: [
          { label: 'A', value: 'a' },
          { label: 'B', value: 'b', description: 'The other' },
        ],
      },
    ];
    expect(modalOf(asking(inputs, { text: 'What is **etcd**?' }))).toEqual({
      custom_id: 'quiz/answer',
      title: 'Form',
      components: [
        { type: 10, content: 'What is **etcd**?' },
        {
          type: 18,
          label: 'Answer',
          description: 'In a word',
          component: { type: 4, custom_id: 'answer', style: 1, required: true, max_length: 200 },
        },
        {
          type: 18,
          label: 'Why?',
          component: {
            type: 4,
            custom_id: 'why',
            style: 2,
            required: false,
            max_length: 4000,
            value: 'Since',
          },
        },
        {
          type: 18,
          label: 'How many?',
          component: { type: 4, custom_id: 'count', style: 1, required: false, max_length: 4000 },
        },
        {
          type: 18,
          label: 'Mode',
          component: {
            type: 3,
            custom_id: 'mode',
            required: false,
            options: [
              { label: 'A', value: 'a' },
              { label: 'B', value: 'b', description: 'The other', default: true },
            ],
          },
        },
      ],
    });
  });

  it('fits its words to the limits, and leaves out a value that would have to be cut', () => {
    const long = 'word '.repeat(60);
    const modal = modalOf(
      asking([{ ...answer, label: long, hint: long, value: 'x'.repeat(11), maximumLength: 10 }], {
        title: long,
      }),
    );
    expect(modal.title).toMatch(/^.{1,45}$/);
    expect(modal.title.endsWith('…')).toBe(true);
    expect(JSON.stringify(modal)).not.toContain('"value"');
    modalOf(asking([{ ...answer, label: '', hint: ' ', value: '', maximumLength: 9_000 }], { title: '' }));
  });

  it('has lists of what takes several options, as many groups together as there is room for', () => {
    const needs = choices(...under('cost', 3), ...under('pods', 20), ...under('storage', 10));
    const { components } = modalOf(asking([needs, answer, { ...answer, name: 'more' }]));
    expect(components).toMatchObject([
      {
        label: 'Cost',
        description: 'What is needed? Any number',
        component: { custom_id: 'needs/0', required: false, min_values: 0, max_values: 3 },
      },
      { label: 'Pods', component: { custom_id: 'needs/1', max_values: 20 } },
      { label: 'Storage', component: { custom_id: 'needs/2' } },
      { label: 'Answer' },
      { label: 'Answer' },
    ]);
    expect(components[1]).not.toHaveProperty('description');
    expect(JSON.stringify(components).match(/"value":"[^"]*","default":true/g)).toEqual([
      '"value":"pods 1","default":true',
    ]);
    const others = [1, 2, 3].map((number) => ({ ...answer, name: `answer${number}` }));
    const narrow = modalOf(asking([needs, ...others])).components;
    expect(narrow.slice(0, 2)).toMatchObject([{ label: 'Cost, pods' }, { label: 'Storage' }]);
    const odd = choices(...under('a', 20), ...under('b', 20), ...under('c', 10));
    expect(modalOf(asking([odd, ...others])).components.slice(0, 2)).toMatchObject([
      { label: 'A, b', component: { max_values: 25 } },
      { label: 'B, c', component: { max_values: 25 } },
    ]);
    expect(() => drawModal(asking([choices(...under('a', 51)), ...others]))).toThrow('must fit');
    expect(() => drawModal(asking([choices()]))).toThrow('must fit');
  });

  it('has no text where lists take its room', () => {
    const reply = asking([choices(...under('a', 25), ...under('b', 25)), answer], { text: 'Why?' });
    expect(opensAsModal(reply)).toBe(true);
    const full = asking([choices(...under('a', 100)), answer], { text: 'Why?' });
    expect(opensAsModal(full)).toBe(false);
    expect(modalOf(full).components).toHaveLength(5);
  });

  it('opens at once only where it is all of the reply', () => {
    expect(opensAsModal(asking([answer], { text: 'Why?' }))).toBe(true);
    expect(opensAsModal(asking([answer]))).toBe(true);
    expect(opensAsModal({ text: 'No form', visibility: 'private' })).toBe(false);
    expect(opensAsModal({ ...asking([answer]), title: 'Title' })).toBe(false);
    expect(opensAsModal({ ...asking([answer]), buttons: [{ label: 'B', press: 'b' }] })).toBe(false);
    expect(opensAsModal({ ...asking([answer]), fields: [{ name: 'n', text: 't' }] })).toBe(false);
    expect(opensAsModal(asking([answer], { text: 'x'.repeat(4_001) }))).toBe(false);
  });

  it('leaves out the text where Discord has no room for it', () => {
    const five = [1, 2, 3, 4, 5].map((number) => ({ ...answer, name: `answer${number}` }));
    expect(opensAsModal(asking(five))).toBe(true);
    expect(opensAsModal(asking(five, { text: 'Why?' }))).toBe(false);
    expect(modalOf(asking(five, { text: 'Why?' })).components).toHaveLength(5);
    expect(modalOf(asking([answer], { text: 'x'.repeat(4_001) })).components).toHaveLength(1);
  });

  it('refuses what a command must not ask', () => {
    const many = Array.from({ length: 26 }, (_, at) => ({ label: `${at}`, value: `${at}` }));
    const choice: Input = { name: 'c', label: 'C', kind: 'choice' };
    for (const inputs of [
      [],
      Array.from({ length: 6 }, () => answer),
      [choice],
      [{ ...choice, options: many }],
      [{ ...answer, name: '' }],
    ]) {
      expect(() => drawModal(asking(inputs))).toThrow(Error);
    }
    expect(() => drawModal({ text: 'No form', visibility: 'private' })).toThrow('no modal');
  });
});
