import { describe, expect, test } from 'vitest';
import { modes, type StartChat } from './chat.js';
import type { SeenView } from './loopback/seen.js';

async function meet(start: StartChat) {
  const chat = await start();
  const ann = chat.workspace.person({ name: 'ann' });
  const channel = chat.workspace.channel();
  return { ...chat, person: ann, ann: ann.in(channel), channel };
}

/** What is chosen in a form's lists at first, by their labels. */
function chosenIn({ parts }: SeenView): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    parts.flatMap(({ label, initial_options }) =>
      initial_options ? [[label, initial_options.map(({ text }) => text.text)]] : [],
    ),
  );
}

describe.each([...modes])('in Slack over %s', (_mode, start) => {
  test('all needs are picked in one form, answered as words are, and shared', async () => {
    const { slack, ann, world, person, channel } = await meet(start);
    const form = await ann.runs('/eks which-node');
    expect(form.modal.title).toBe('Which node type?');
    expect(form.modal.inputs).toEqual([
      'Cost',
      'Hardware',
      'Networking',
      'Operations',
      'Operating system',
      'Placement',
      'Pods',
      'Storage',
      'What matters most?',
      'Anything else, in words',
    ]);
    expect(form.modal.text).toContain('What must the nodes support?');
    const answer = await form.submits({
      Cost: ['EC2 Spot Instances'],
      Hardware: ['GPU workloads (NVIDIA)', 'Arm processors'],
      'What matters most?': 'Lowest cost',
      'Anything else, in words': 'not hybrid',
    });
    expect(answer.message.ephemeral).toBe(true);
    const typed = await ann.runs('/eks which-node spot, gpu, arm, cheapest. not hybrid');
    expect(answer.message.text).toBe(typed.message.text);
    const shared = await answer.presses('Share in channel');
    expect(shared.message).toMatchObject({ ephemeral: false });
    expect(shared.message.text).toContain('Needed: EC2 Spot Instances; GPU workloads (NVIDIA)');
    expect(slack.messagesIn(channel, person).at(-1)?.text).toBe(shared.message.text);
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('the form opens again as it was sent, also after a restart', async () => {
    const chat = await meet(start);
    const { slack, ann } = chat;
    const answer = await (await ann.runs('/eks which-node')).submits({
      'Operating system': ['Windows containers'],
      Pods: ['Kubernetes DaemonSets', 'Privileged containers'],
      'Anything else, in words': 'ideally spot',
    });
    const { world } = await chat.restart();
    const again = await answer.presses('Change needs');
    expect(chosenIn(again.modal)).toEqual({
      'Operating system': ['Windows containers'],
      Pods: ['Kubernetes DaemonSets', 'Privileged containers'],
    });
    expect(again.modal.values).toEqual({ 'Anything else, in words': 'ideally spot' });
    const same = await again.submits({});
    expect(same.message.text).toBe(answer.message.text);
    const less = await (await same.presses('Change needs')).submits({ Pods: [] });
    expect(less.message.text).toContain('Needed: Windows containers.');
    const empty = await (await ann.runs('/eks which-node')).submits({});
    expect(empty.message).toMatchObject({ ephemeral: true });
    expect(empty.message.text).toContain('Nothing was picked');
    expect((await empty.presses('Pick needs')).modal.inputs).toHaveLength(10);
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('where nothing opens a form, it waits behind a button', async () => {
    const { slack, ann, world } = await meet(start);
    const asked = await ann.mentions('which-node');
    expect(asked.message.buttons).toEqual(['Which node type?']);
    const form = await asked.presses('Which node type?');
    const answer = await form.submits({ Storage: ['Amazon EBS volumes'] });
    expect(answer.message.text).toContain('Needed: Amazon EBS volumes.');
    const why = await answer.presses('Why?');
    expect((await why.presses('Short answer')).message.text).toBe(answer.message.text);
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });
});
