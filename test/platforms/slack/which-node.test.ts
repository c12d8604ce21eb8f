import { expect, test } from 'vitest';
import { modes } from './chat.js';

test.each([...modes])(
  'in Slack over %s needs are picked from lists or said in a form',
  async (_mode, start) => {
    const { slack, workspace, world } = await start();
    const ann = workspace.person({ name: 'ann' }).in(workspace.channel());
    const lists = await ann.runs('/eks which-node');
    expect(lists.message.ephemeral).toBe(true);
    const picked = await lists.chooses('What matters most?', 'cheapest');
    expect(picked.message.text).toContain('best first for lowest cost');
    const answer = await picked.presses('Answer here');
    const why = await answer.presses('Why?');
    expect(why.message.text).toContain('Spot Instances are offered');
    const short = await why.presses('Short answer');
    expect(short.message.text).toBe(answer.message.text);
    const form = await (await short.presses('Change needs')).presses('Say it in words');
    const worded = await form.submits({ needs: 'windows' });
    expect(worded.message.text).toContain('Needed: Windows containers.');
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  },
);
