import { z } from 'zod';
import { defineCommand } from '../bot/command.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import { findSubject, subjectOf } from './subject.js';
import { count } from './wording.js';

/** The most that a select of any platform holds. */
const MOST = 25;

/** What there is to study. */
export const topics = defineCommand({
  name: 'topics',
  summary: 'What there is to study',
  examples: ['topics'],
  args: z.object({}),
  async run({ library, typed }) {
    if (library.topics.length === 0) {
      return {
        text: 'There are no notes yet. Put Markdown files into the content folder; they are read within seconds.',
        visibility: 'private',
      };
    }
    const lines = library.topics.map(
      ({ name, cards }) => `- ${literal(name)}: ${count(cards.length, 'card')}`,
    );
    return {
      title: 'Topics',
      text: `${lines.join('\n')}\n\nStudy one: ${codeSpan(typed(`review ${library.topics[0]?.name ?? ''}`))}`,
      visibility: 'private',
      selects: [
        {
          label: 'Choose a topic',
          press: encodePress('topics', 'choose'),
          options: library.topics.slice(0, MOST).map(({ name, cards }) => ({
            label: label(name),
            value: findSubject(library, name).token,
            description: count(cards.length, 'card'),
          })),
        },
      ],
    };
  },
  presses: {
    async choose({ library }, { values: [token = ''] }) {
      const subject = subjectOf(library, token);
      return {
        title: subject.name,
        text: `${count(subject.cards.length, 'card')} from the notes. Review what is due, or practise without touching your schedule.`,
        visibility: 'private',
        buttons: [
          { label: 'Review', press: encodePress('review', 'next', subject.token), style: 'primary' },
          { label: 'Quiz', press: encodePress('quiz', 'about', subject.token) },
        ],
      };
    },
  },
});
