import type { Bot, Message, Press, Suggestion } from '../../src/bot/platform.js';
import type { Reply } from '../../src/bot/reply.js';

/** A bot that offers every part a Reply can have, and remembers what reached it. A platform sees no other side of a bot. */
export interface FixtureBot extends Bot {
  readonly messages: Message[];
  readonly presses: Press[];
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const EXPLANATION = `**etcd** is the *backing store* of the cluster.

- It keeps every object as a key and a value:
    - \`/registry/pods/default/web\`
    - Only the \`kube-apiserver\` talks to it
- Run it with 3 or 5 members, never 2:
    1. A write needs a majority
    2. With 5 members, 2 may fail

| Members | Majority | May fail |
| --- | --- | --- |
| 3 | 2 | 1 |
| 5 | 3 | 2 |

> Back it up before every upgrade.

\`\`\`
etcdctl snapshot save backup.db
\`\`\`

More in [the manual](https://etcd.io/docs/).`;

const REPLIES: Record<string, Reply> = {
  explain: {
    title: 'etcd',
    text: EXPLANATION,
    fields: [
      { name: 'Also called', text: '`etcd3`' },
      { name: 'Found in', text: 'EKS › Kubernetes 101 › Control plane' },
    ],
    buttons: [
      { label: 'Ask me about it', press: 'quiz/etcd', style: 'primary' },
      { label: 'Explain more', press: 'more/etcd' },
    ],
    visibility: 'public',
  },
  quiz: {
    title: 'Which software stores the state of the cluster?',
    text: 'EKS › Control plane',
    buttons: [
      { label: 'etcd', press: 'answer/etcd' },
      { label: 'kube-scheduler', press: 'answer/kube-scheduler' },
      {
        label: 'cloud-controller-manager, which links the cluster with the API of the cloud it runs in',
        press: 'answer/ccm',
      },
    ],
    visibility: 'private',
  },
  review: {
    title: 'What is a Pod?',
    text: 'EKS › Cluster details',
    buttons: [{ label: 'Show the answer', press: 'reveal/1', style: 'primary' }],
    visibility: 'private',
  },
  settings: {
    title: 'Your settings',
    text: 'Time zone **Europe/Vienna**, 5 new cards a day.',
    selects: [
      {
        label: 'Deck',
        press: 'deck',
        options: [
          { label: 'EKS', value: 'eks', description: '61 cards' },
          { label: 'Networking', value: 'net' },
        ],
      },
      {
        label: 'Remind me on',
        press: 'days',
        options: ['Monday', 'Wednesday', 'Friday'].map((day) => ({ label: day, value: day.toLowerCase() })),
      },
    ],
    buttons: [{ label: 'Forget everything', press: 'forget', style: 'danger' }],
    visibility: 'private',
  },
  form: {
    text: 'Tell me how you want to study.',
    form: {
      title: 'Study plan',
      press: 'plan',
      submit: 'Save plan',
      inputs: [
        {
          name: 'goal',
          label: 'Goal',
          kind: 'text',
          required: true,
          maximumLength: 20,
          hint: 'In a few words',
        },
        { name: 'cards', label: 'New cards a day', kind: 'number', value: '5' },
        {
          name: 'time',
          label: 'Time of day',
          kind: 'choice',
          options: [
            { label: 'Morning', value: 'am' },
            { label: 'Evening', value: 'pm' },
          ],
        },
        { name: 'notes', label: 'Notes', kind: 'longtext' },
      ],
    },
    visibility: 'private',
  },
  picture: { text: 'Your week', image: { alt: 'A bar for each day', png: PIXEL }, visibility: 'public' },
};

const COMMANDS: readonly Suggestion[] = Object.keys(REPLIES).map((name) => ({
  text: `/eks ${name} `,
  label: `/eks ${name}`,
  description: `What ${name} does`,
}));

const TERMS: readonly Suggestion[] = ['etcd', 'kubelet', 'Pods'].map((term) => ({
  text: `/eks explain ${term}`,
  label: term,
  description: '',
}));

/** `replies` answers in place of the built-in replies, by the typed text. */
export function fixtureBot(replies: Readonly<Record<string, readonly Reply[]>> = {}): FixtureBot {
  const messages: Message[] = [];
  const presses: Press[] = [];
  return {
    messages,
    presses,
    message: async (message) => {
      messages.push(message);
      const name = message.text.replace(/^\/eks\s+/, '').split(' ')[0] ?? '';
      const reply = REPLIES[name] ?? { text: `You said: ${message.text}`, visibility: 'private' };
      return replies[message.text] ?? [reply];
    },
    run: async ({ command }) => [REPLIES[command] ?? { text: `You ran: ${command}`, visibility: 'private' }],
    press: async (press) => {
      presses.push(press);
      return [answerTo(press)];
    },
    complete: async (_origin, text) => {
      if (!text.startsWith('/')) return [];
      const terms = text.startsWith('/eks explain ') ? TERMS : COMMANDS;
      return terms.filter((one) => one.text.toLowerCase().startsWith(text.toLowerCase()));
    },
    propose: async () => TERMS.map(({ label }) => ({ value: label, description: '' })),
    keep: async () => 'kept',
  };
}

function answerTo({ press, values, form }: Press): Reply {
  if (press.startsWith('reveal/')) {
    return {
      title: 'What is a Pod?',
      text: 'The smallest unit of computing in Kubernetes.',
      buttons: [
        { label: 'Again · 1 min', press: 'rate/1', style: 'danger' },
        { label: 'Hard · 6 min', press: 'rate/2' },
        { label: 'Good · 10 min', press: 'rate/3', style: 'success' },
        { label: 'Easy · 8 days', press: 'rate/4', style: 'primary' },
      ],
      visibility: 'private',
      replaces: true,
    };
  }
  const words = [press, ...values, ...Object.entries(form).map(([name, value]) => `${name}=${value}`)];
  return { text: `Got \`${words.join(' ')}\``, visibility: 'private', replaces: !press.startsWith('more/') };
}
