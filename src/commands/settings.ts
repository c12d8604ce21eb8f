import { z } from 'zod';
import { type Context, defineCommand } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';
import { isTimeZone } from '../learning/studyday.js';
import type { Learner, Settings } from '../store/store.js';

const Whole = (least: number, most: number) => {
  const range = `a whole number from ${least} to ${most}`;
  return z.coerce.number({ error: range }).int(range).min(least, range).max(most, range);
};

const Changes = z.object({
  'time-zone': z
    .string()
    .trim()
    .refine(isTimeZone, 'not a time zone; write one like Europe/Berlin or America/New_York')
    .optional()
    .describe('Your time zone, such as Europe/Berlin'),
  'new-per-day': Whole(0, 200).optional().describe('New cards a day, 0 to 200'),
  'reviews-per-day': Whole(1, 1000).optional().describe('Reviews a day, 1 to 1000'),
  retention: z.coerce
    .number({ error: 'a number from 70 to 97' })
    .min(70, 'from 70 to 97 percent')
    .max(97, 'from 70 to 97 percent')
    .optional()
    .describe('How many of 100 due cards you want to know, 70 to 97'),
  weekends: z
    .enum(['on', 'off'], 'on or off')
    .optional()
    .describe('off: your streak needs no study on Saturday and Sunday'),
});

/** A learner's own settings: shown with a form, or changed in the same line. */
export const settings = defineCommand({
  name: 'settings',
  summary: 'Your time zone, new cards a day and desired retention',
  examples: [
    'settings',
    'settings time-zone=Europe/Berlin',
    'settings new-per-day=10 retention=92',
    'settings weekends=off',
  ],
  args: Changes,
  completes: { 'time-zone': 'time-zone' },
  async run(context, changes) {
    const learner = await context.learner();
    if (Object.keys(changes).length === 0) return overview(context, learner, 'Your settings');
    return overview(context, await change(context, learner, changes), 'Saved');
  },
  presses: {
    async change(context) {
      return changeForm(context, await context.learner());
    },
    async save(context, { form }) {
      const filled = Object.fromEntries(Object.entries(form).filter(([, value]) => value.trim() !== ''));
      const parsed = Changes.safeParse(filled);
      if (!parsed.success) {
        const lines = parsed.error.issues.map((issue) => `**${issue.path.join('.')}**: ${issue.message}`);
        throw new UserError(`Nothing was changed.\n\n${lines.join('\n')}`);
      }
      const learner = await change(context, await context.learner(), parsed.data);
      return { ...overview(context, learner, 'Saved'), replaces: true };
    },
  },
});

async function change(
  context: Context,
  learner: Learner,
  changes: z.infer<typeof Changes>,
): Promise<Learner> {
  const {
    'time-zone': timeZone,
    'new-per-day': newPerDay,
    'reviews-per-day': reviewsPerDay,
    retention,
    weekends,
  } = changes;
  const wanted: Partial<Settings> = {
    ...(timeZone !== undefined && { timeZone }),
    ...(newPerDay !== undefined && { newPerDay }),
    ...(reviewsPerDay !== undefined && { reviewsPerDay }),
    ...(retention !== undefined && { desiredRetention: retention / 100 }),
  };
  const { learners, streaks } = context.store;
  if (weekends !== undefined) {
    const now = { at: context.now, clock: context.clockOf(learner) };
    await streaks.setWeekendsOff(learner.id, weekends === 'off', now);
  }
  return learners.changeSettings(learner.id, wanted);
}

function overview(context: Context, learner: Learner, title: string): Reply {
  const { newPerDay, reviewsPerDay } = learner.settings;
  const clock = context.clockOf(learner);
  const zone = clock.timeZone;
  return {
    title,
    text: `Your study day begins at ${String(clock.rolloverHour).padStart(2, '0')}:00. More retention means more reviews; 90 suits most people. In one line: ${codeSpan(context.typed('settings new-per-day=10'))}`,
    visibility: 'private',
    fields: [
      {
        name: 'Time zone',
        text: learner.settings.timeZone === undefined ? `${zone} (not set by you)` : zone,
      },
      { name: 'New cards a day', text: String(newPerDay) },
      { name: 'Reviews a day', text: String(reviewsPerDay) },
      { name: 'Desired retention', text: `${percent(learner)} %` },
      { name: 'Weekends', text: learner.weekendsOff ? 'off: no study needed' : 'on' },
    ],
    buttons: [{ label: 'Change', press: encodePress('settings', 'change') }],
  };
}

function changeForm(context: Context, learner: Learner): Reply {
  const { newPerDay, reviewsPerDay } = learner.settings;
  const { timeZone: zone } = context.clockOf(learner);
  const retention = percent(learner);
  return {
    // A modal of Discord has room for five things: with a line of text above them the inputs would be too many.
    text: '',
    visibility: 'private',
    replaces: true,
    form: {
      title: 'Change your settings',
      press: encodePress('settings', 'save'),
      submit: 'Save',
      inputs: [
        {
          name: 'time-zone',
          label: 'Time zone',
          kind: 'text',
          value: zone,
          maximumLength: 60,
          hint: 'Such as Europe/Berlin. Empty fields stay as they are.',
        },
        { name: 'new-per-day', label: 'New cards a day', kind: 'number', value: String(newPerDay) },
        { name: 'reviews-per-day', label: 'Reviews a day', kind: 'number', value: String(reviewsPerDay) },
        { name: 'retention', label: 'Desired retention, percent', kind: 'number', value: retention },
        {
          name: 'weekends',
          label: 'Weekends',
          kind: 'choice',
          value: learner.weekendsOff ? 'off' : 'on',
          options: [
            { label: 'On: every day counts', value: 'on' },
            { label: 'Off: the streak needs none', value: 'off' },
          ],
        },
      ],
    },
  };
}

function percent({ settings: { desiredRetention } }: Learner): string {
  return String(Math.round(desiredRetention * 100));
}
