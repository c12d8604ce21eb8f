import { describe, expect, it } from 'vitest';
import { keptForm, keptPage } from '../../../src/bot/kept.js';
import type { Reply } from '../../../src/bot/reply.js';
import { drawMessage } from '../../../src/platforms/discord/draw.js';
import { buttonsOf, keep, pagesOf, seenIn, selectsOf } from './pages.js';

const UNSEEN = '\u200B';
const reply = (parts: Partial<Reply>): Reply => ({ text: 'Text', visibility: 'public', ...parts });
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('a reply on Discord', () => {
  it('is one embed of a title, text and fields', async () => {
    const [page, ...others] = await pagesOf(
      reply({ title: '__init__', text: 'A **word**', fields: [{ name: 'Due', text: '3 cards' }] }),
    );
    expect(others).toEqual([]);
    expect(page?.embeds).toEqual([
      {
        title: '\\_\\_init\\_\\_',
        description: 'A **word**',
        fields: [{ name: 'Due', value: '3 cards', inline: true }],
        color: expect.any(Number),
      },
    ]);
  });

  it('is drawn as it says now, whatever a like one said before', async () => {
    const texts = async (parts: Partial<Reply>) => (await pagesOf(reply(parts))).map(seenIn);
    const before = await texts({ title: 'etcd', text: 'old', fields: [{ name: 'a', text: 'b' }] });
    expect(await texts({ title: 'etcd', text: 'new', fields: [{ name: 'a', text: 'b' }] })).not.toEqual(
      before,
    );
    expect(await texts({ title: 'etcd', text: 'old', fields: [{ name: 'a', text: 'c' }] })).not.toEqual(
      before,
    );
    expect(await texts({ title: 'etc', text: 'dold', fields: [{ name: 'a', text: 'b' }] })).not.toEqual(
      before,
    );
    for (let other = 0; other < 350; other += 1) await texts({ text: `${other}` });
    expect(await texts({ title: 'etcd', text: 'old', fields: [{ name: 'a', text: 'b' }] })).toEqual(before);
  });

  it('is never empty', async () => {
    for (const empty of [reply({ text: '' }), reply({ text: ' ', title: ' ', fields: [], buttons: [] })]) {
      const [page] = await pagesOf(empty);
      expect(page?.embeds).toEqual([{ description: UNSEEN, color: expect.any(Number) }]);
    }
    const [named] = await pagesOf(
      reply({
        fields: [{ name: '', text: '' }],
        buttons: [{ label: ' ', press: 'a' }],
        selects: [
          { label: '', press: 'b', options: [] },
          { label: '', press: 'c', options: [{ label: '', value: 'v', description: '' }] },
        ],
      }),
    );
    expect(named?.embeds[0]?.fields).toEqual([{ name: UNSEEN, value: UNSEEN, inline: true }]);
    expect(named && buttonsOf(named).map(({ label }) => label)).toEqual([UNSEEN]);
    expect(named && selectsOf(named).map(({ custom_id }) => custom_id)).toEqual(['c']);
  });

  it('gives each field an embed of its own where one is too long for a field', async () => {
    const fields = [
      { name: 'Short', text: 'a' },
      { name: 'Long', text: 'word '.repeat(300) },
    ];
    const [page] = await pagesOf(reply({ title: 'Both', fields }));
    expect(page?.embeds.map(({ title }) => title)).toEqual(['Both', 'Short', 'Long']);
  });

  it('goes on with a long title in the text', async () => {
    const title = Array.from({ length: 100 }, (_, at) => `word${at}`).join(' ');
    const [page] = await pagesOf(reply({ title }));
    expect(page?.embeds[0]?.title?.length).toBeLessThanOrEqual(256);
    expect(page && seenIn(page).replace(/\s+/g, ' ')).toBe(`${title} Text`);
  });

  it('keeps the styles of buttons, and drops the second of two with one press', async () => {
    const [page] = await pagesOf(
      reply({
        buttons: [
          { label: 'A', press: 'a', style: 'primary' },
          { label: 'B', press: 'b' },
          { label: 'C', press: 'c', style: 'success' },
          { label: 'D', press: 'd', style: 'danger' },
          { label: 'Again', press: 'a' },
        ],
      }),
    );
    expect(page && buttonsOf(page).map(({ label, style }) => [label, style])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 3],
      ['D', 4],
    ]);
  });

  it('sends a picture with what it shows in words', async () => {
    const [page] = await pagesOf(reply({ image: { alt: 'A chart', png: pixel } }));
    expect(page?.embeds[0]?.image).toEqual({ url: 'attachment://picture.png' });
    expect(page?.files).toEqual([
      { name: 'picture.png', description: 'A chart', attachment: Buffer.from(pixel, 'base64') },
    ]);
  });

  it('says what a picture shows where it is too large to send', async () => {
    const png = Buffer.alloc(11 * 1024 * 1024).toString('base64');
    const [page] = await pagesOf(reply({ image: { alt: 'A *chart*', png } }));
    expect(page?.files).toEqual([]);
    expect(page && seenIn(page)).toContain('Picture: A *chart*');
  });

  it('has no page buttons and is not kept where it fits one message', async () => {
    let kept = 0;
    await drawMessage(reply({ buttons: [{ label: 'A', press: 'a' }] }), async () => {
      kept += 1;
      return '';
    });
    expect(kept).toBe(0);
  });

  it('turns its pages by the kept reply, with its title and its buttons on each', async () => {
    const pages = await pagesOf(
      reply({ title: 'Long', text: 'word '.repeat(2_400), buttons: [{ label: 'A', press: 'a' }] }),
    );
    expect(pages).toHaveLength(3);
    expect(pages.map((page) => page.embeds[0]?.title)).toEqual(['Long', 'Long', 'Long']);
    expect(pages.map((page) => buttonsOf(page).map(({ label }) => label))).toEqual(
      [1, 2, 3].map((number) => ['A', '‹ Back', `Page ${number} of 3`, 'More ›']),
    );
    const turning = pages.map((page) => buttonsOf(page).slice(1));
    expect(turning.map((buttons) => buttons.map(({ disabled }) => disabled))).toEqual([
      [true, true, false],
      [false, true, false],
      [false, true, true],
    ]);
    expect(turning[1]?.map(({ custom_id }) => custom_id)).toEqual(
      [0, 1, 2].map((to) => keptPage('k3pt', to)),
    );
  });

  it('shows the last page to who asks for one beyond it', async () => {
    const long = reply({ text: 'word '.repeat(2_400) });
    expect(await drawMessage({ ...long, page: 99 }, keep)).toEqual(
      await drawMessage({ ...long, page: 2 }, keep),
    );
    expect(await drawMessage({ ...long, page: -1 }, keep)).toEqual(await drawMessage(long, keep));
  });

  it('pages what is more than five rows, and a select of more than 25 options', async () => {
    const options = Array.from({ length: 60 }, (_, at) => ({ label: `Option ${at}`, value: `v${at}` }));
    const pages = await pagesOf(reply({ selects: [{ label: 'Pick', press: 's', options }] }));
    expect(pages.map((page) => selectsOf(page).map((select) => select.options.length))).toEqual([
      [25],
      [25],
      [10],
    ]);
    const buttons = Array.from({ length: 26 }, (_, at) => ({ label: `B${at}`, press: `b${at}` }));
    const of = async (count: number) =>
      (await pagesOf(reply({ buttons: buttons.slice(0, count) }))).map((page) => buttonsOf(page).length);
    expect(await of(25)).toEqual([25]);
    expect(await of(26)).toEqual([20 + 3, 6 + 3]);
  });

  it('opens its form by a button where the form is not all of it', async () => {
    const form = { title: 'Form', press: 'f', submit: 'Report', inputs: [] };
    const [page] = await pagesOf(reply({ form, buttons: [{ label: 'A', press: 'a' }] }));
    expect(page && buttonsOf(page).map(({ label, custom_id }) => [label, custom_id])).toEqual([
      ['Form', keptForm('k3pt')],
      ['A', 'a'],
    ]);
  });

  it('refuses what a command must not make', async () => {
    const option = { label: 'x', value: 'x'.repeat(101) };
    for (const wrong of [
      reply({ buttons: [{ label: 'A', press: 'x'.repeat(101) }] }),
      reply({ buttons: [{ label: 'A', press: '' }] }),
      reply({ selects: [{ label: 'S', press: 's', options: [option] }] }),
    ]) {
      await expect(drawMessage(wrong, keep)).rejects.toThrow(Error);
    }
  });

  it('never sends half a character', async () => {
    const [page] = await pagesOf(
      reply({ title: 'a\uD83D', text: 'b\uDE00', buttons: [{ label: `${'x'.repeat(78)}😀😀`, press: 'a' }] }),
    );
    expect(JSON.stringify(page)).not.toMatch(/\\ud[89a-f]/i);
    expect(page && buttonsOf(page)[0]?.label).toBe(`${'x'.repeat(78)}…`);
  });
});
