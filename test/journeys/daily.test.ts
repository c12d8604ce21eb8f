import { expect, test } from 'vitest';
import { literal } from '../../src/bot/markdown.js';
import type { Reply } from '../../src/bot/reply.js';
import type { Quiz } from '../../src/store/quizzes.js';
import { QuizId } from '../../src/store/store.js';
import { HOUR, MINUTE, startTown, type Town } from '../daily/channel.js';
import type { Person } from './harness.js';

const DAY = 24 * HOUR;
const LOCAL = { platform: 'web', workspace: 'local' };

/** A town whose channel has just got today's quiz. */
async function withQuiz(options = ''): Promise<{ town: Town; quiz: Quiz; post: () => Reply }> {
  const town = await startTown();
  await town.admin().types(`/eks daily set time=09:30 days=daily zone=UTC open=2h ${options}`);
  await town.live(31 * MINUTE, 31 * MINUTE);
  const [message] = town.platform.messages;
  const quiz = message && (await town.world.store.quizzes.find(LOCAL, QuizId.parse(message.key)));
  if (quiz === undefined) throw new Error('nothing was posted');
  const post = () => town.platform.shown('general')[0] ?? { text: '', visibility: 'public' };
  return { town, quiz, post };
}

/** Presses the right option of a post, or a wrong one. */
function press(
  person: Person,
  { asked: { question } }: Quiz,
  post: Reply,
  right: boolean,
  id?: string,
): Promise<Reply> {
  const index = question.options.findIndex((option) => (option === question.answer) === right);
  return person.pressesRaw(post.buttons?.[index]?.press ?? '', id);
}

test('a press is answered in private: right or not, key points, source, what it does to the schedule', async () => {
  const { town, quiz, post } = await withQuiz();
  const shown = post();
  expect(shown.visibility).toBe('public');
  expect(shown.text).toContain('Nobody has answered yet');
  const right = await press(town.world.learner('ana'), quiz, shown, true);
  expect(right.visibility).toBe('private');
  expect(right.replaces).toBeUndefined();
  expect(right.text).toMatch(/✓ \*\*Right\*\*/);
  expect(right.text).toContain('**Why**');
  expect(right.text).toContain(`, line ${town.world.library.card(quiz.asked.question.card)?.source.line}`);
  expect(right.text).toContain('You do not learn this card yet');
  const wrong = await press(town.world.learner('bob'), quiz, shown, false);
  expect(wrong.text).toMatch(/✗ \*\*Not quite\*\*/);
  expect(town.world.failures).toEqual([]);
});

test('the first answer counts; others, and the same one again, are practice; a redelivery is shown as the first', async () => {
  const { town, quiz, post } = await withQuiz();
  const ana = town.world.learner('ana');
  const first = await press(ana, quiz, post(), false, 'same');
  const again = { ...first, text: first.text.replace('\n\n+15 points today.', '') };
  expect(await press(ana, quiz, post(), false, 'same')).toEqual(again);
  expect((await press(ana, quiz, post(), true)).text).toContain('The first answer counts');
  expect((await press(ana, quiz, post(), true)).text).toContain('The first answer counts');
  const answers = await town.world.store.quizzes.answers(quiz.id);
  expect(answers).toMatchObject([{ name: 'ana', correct: false }]);
  expect(await town.world.store.reviews.rebuild(false)).toMatchObject({ reviews: 3, mismatches: 0 });
});

test('the first answer says what it earned, to who is on no leaderboard too; one that earns nothing says nothing', async () => {
  const { town, quiz, post } = await withQuiz('questions=2');
  const bob = town.world.learner('bob');
  await bob.types('/eks points board=hidden');
  const right = await press(bob, quiz, post(), true);
  expect(right.text).toMatch(/\n\n\+17 points today\.$/);
  expect((await press(bob, quiz, post(), true)).text).not.toContain('points today');
  const [, second] = town.platform.messages;
  const other = await town.world.store.quizzes.find(LOCAL, QuizId.parse(second?.key));
  if (other === undefined) throw new Error('one question was posted');
  expect((await press(bob, other, second?.versions[0] ?? post(), false)).text).not.toContain('points today');
});

test('presses on all options at once count one', async () => {
  const { town, quiz, post } = await withQuiz();
  const ana = town.world.learner('ana');
  const replies = await Promise.all((post().buttons ?? []).map((button) => ana.pressesRaw(button.press)));
  expect(replies.filter(({ text }) => !text.includes('The first answer counts'))).toHaveLength(1);
  expect(await town.world.store.quizzes.answers(quiz.id)).toHaveLength(1);
});

test('the post shows how many have answered, at most once a minute', async () => {
  const { town, quiz, post } = await withQuiz();
  const edits = () => town.platform.requests.filter(({ kind }) => kind === 'edit').length;
  for (let person = 0; person < 6; person += 1) {
    await press(town.world.learner(`p${person}`), quiz, post(), true);
    await town.live(10_000, 10_000);
  }
  expect(edits()).toBeLessThanOrEqual(1);
  await town.live(2 * MINUTE);
  expect(post().text).toContain('6 answered');
  expect(post().buttons).toHaveLength(quiz.asked.question.options.length);
  const before = edits();
  await town.live(10 * MINUTE);
  expect(edits()).toBe(before);
});

test('the reveal shows the right option, how the votes fell, and who was first; later answers are practice', async () => {
  const { town, quiz, post } = await withQuiz();
  const open = post();
  await press(town.world.learner('bob'), quiz, open, false);
  town.world.pass(3 * MINUTE);
  await press(town.world.learner('ana'), quiz, open, true);
  town.world.pass(MINUTE);
  await press(town.world.learner('cy'), quiz, open, true);
  await town.live(2 * HOUR, 10 * MINUTE);
  const { text, buttons } = post();
  const [right] = text.split('\n').filter((line) => line.startsWith('- ✓'));
  expect(right).toContain(literal(quiz.asked.question.answer));
  expect(text).toContain('`███████░░░ 2`');
  expect(text).toContain('`███░░░░░░░ 1`');
  expect(text).toContain('3 answered, 2 right. First with the right answer: **ana**, after 3 min.');
  expect(buttons?.[0]?.label).toMatch(/^Explain /);
  const late = await press(town.world.learner('dee'), quiz, open, true);
  expect(late.text).toContain('The quiz is over');
  expect(await town.world.store.quizzes.answers(quiz.id)).toHaveLength(3);
});

test('who wants no name on leaderboards is not named by the reveal', async () => {
  const { town, quiz, post } = await withQuiz();
  const xenia = town.world.learner('xenia');
  await press(xenia, quiz, post(), true);
  await xenia.types('/eks points board=hidden');
  await town.live(2 * HOUR, 10 * MINUTE);
  expect(post().text).toContain('The first right answer came after');
  expect(post().text).not.toContain('xenia');
});

test('a card that is learnt and due takes the answer into its schedule, with no Easy', async () => {
  const { town, quiz, post } = await withQuiz();
  const { store } = town.world;
  const card = quiz.asked.question.card;
  const ana = town.world.learner('ana');
  await press(ana, quiz, post(), false);
  const learn = await ana.presses('Learn this card');
  expect(learn.text).toContain('beginning with this answer');
  const learner = await store.learners.known(ana.origin);
  if (learner === undefined) throw new Error('ana never signed in');
  expect((await store.reviews.progress(learner.id, card)).state).toMatchObject({
    reps: 1,
    phase: 'learning',
  });
  // The same card is claimed for another channel, while it is due.
  await town.admin('other').types('/eks daily set time=09:30 days=daily zone=UTC open=2h');
  const other = await store.schedules.find({ ...LOCAL, channel: 'other' });
  if (other === undefined) throw new Error('no schedule');
  const closesAt = new Date(town.world.now().getTime() + HOUR);
  const draft = { key: 'again', position: 0, asked: quiz.asked, closesAt, lateMinutes: undefined };
  await store.quizzes.claim(other, quiz.date, [draft], undefined, town.world.now());
  await town.live(10 * MINUTE, 10 * MINUTE);
  const [again] = town.platform.shown('other');
  const due = await press(ana, quiz, again ?? post(), true);
  expect(due.text).toMatch(/Your schedule: (again at|next in)/);
  expect((await store.reviews.progress(learner.id, card)).state).toMatchObject({ reps: 2 });
  expect(await store.reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
});

test('what was right and is not learnt comes first among the new cards, if the learner wants it', async () => {
  const { town, quiz, post } = await withQuiz();
  const ana = town.world.learner('ana');
  await press(ana, quiz, post(), true);
  expect((await ana.presses('Learn this card')).text).toContain('first among your new cards');
  town.world.pass(DAY);
  await ana.types('/eks review');
  expect(ana.seen()[0]?.buttons?.[0]?.press).toContain(`review/show/${quiz.asked.question.card}/`);
});

test("the card's siblings come another day", async () => {
  const { town, quiz, post } = await withQuiz();
  const { store, library } = town.world;
  const ana = town.world.learner('ana');
  await press(ana, quiz, post(), true);
  const learner = await store.learners.known(ana.origin);
  if (learner === undefined) throw new Error('ana never signed in');
  const concept = library.card(quiz.asked.question.card)?.concept;
  const siblings = library.cards.filter((card) => card.concept === concept).map(({ id }) => id);
  const query = {
    learner: learner.id,
    workspace: ana.origin,
    clock: { timeZone: 'UTC', rolloverHour: 4 },
    newPerDay: 50,
    reviewsPerDay: 50,
    among: siblings,
  };
  expect(await store.reviews.queue({ ...query, now: town.world.now() })).toMatchObject({
    fresh: 0,
    buried: true,
  });
  const tomorrow = new Date(town.world.now().getTime() + DAY);
  expect(await store.reviews.queue({ ...query, now: tomorrow })).toMatchObject({ fresh: 1 });
});

test('a press from another workspace, or on a quiz that is none, is told so', async () => {
  const { town, quiz, post } = await withQuiz();
  const stranger = town.world.learner('eve', { workspace: 'elsewhere' });
  expect((await press(stranger, quiz, post(), true)).text).toContain('out of date');
  const ana = town.world.learner('ana');
  expect((await ana.pressesRaw('daily/answer/none/0')).text).toContain('out of date');
  expect((await ana.pressesRaw(`daily/answer/${quiz.id}/77`)).text).toContain('out of date');
  expect(town.world.failures).toEqual([]);
});

test('an edit of the notes after the post changes neither the question nor its key', async () => {
  const { town, quiz, post } = await withQuiz();
  const after = await town.restart();
  expect((await after.world.store.quizzes.find(LOCAL, quiz.id))?.asked).toEqual(quiz.asked);
  expect((await press(after.world.learner('ana'), quiz, post(), true)).text).toContain('**Right**');
});

test("the post shows how far the teams are with the week's goal, the reveal the longest streaks", async () => {
  const { town, post } = await withQuiz();
  const admin = town.admin();
  await admin.types('/eks team create Red');
  await admin.types('/eks team goal Red 40');
  const ana = town.world.learner('ana');
  await ana.types('/eks team join Red');
  await ana.pressesRaw(post().buttons?.[0]?.press ?? '');
  await town.live(2 * HOUR, 10 * MINUTE);
  expect(post().text).not.toContain('Longest streaks');
  await town.live(22 * HOUR, 10 * MINUTE);
  const second = () => town.platform.shown('general')[1];
  expect(second()?.text).toContain('- **Red**: 1 of 40 study days this week');
  await ana.pressesRaw(second()?.buttons?.[0]?.press ?? '');
  await town.live(2 * HOUR, 10 * MINUTE);
  expect(second()?.text).toContain('Longest streaks: **ana** 2 days.');
});
