import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StudyDay } from '../../src/learning/model.js';
import { seasonOf, weekOf } from '../../src/learning/points.js';
import { addDays, parseStudyDay, startOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import type { BoardKey, EarnedDay, Place } from '../../src/store/boards.js';
import type { LearnerId, Store, WorkspaceKey } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, NOW } from './samples.js';

/** 2026-03-10, a Tuesday, in the second week of a season; next Monday lies in its third. */
const TODAY = studyDayOf(NOW, CLOCK);
const NEXT_WEEK = addDays(TODAY, 6);
const SPANS = ['week', 'season', 'all'] as const;
const at = (days: number) => new Date(startOfStudyDay(addDays(TODAY, days), CLOCK).getTime() + 8 * 3_600_000);

const WHO = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'] as const;
const TEAMS = ['Blue', 'Red'] as const;
const CARDS = ['c0', 'c1', 'c2', 'c3'] as const;

const who = fc.constantFrom(...WHO);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('study'),
      who,
      day: fc.integer({ min: -45, max: 6 }),
      card: fc.constantFrom(...CARDS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('undo'), who, day: fc.integer({ min: -1, max: 6 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('choose'),
      who,
      choice: fc.constantFrom('shown', 'hidden'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('policy'), policy: fc.constantFrom('opt-in', 'opt-out') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('join'), who, team: fc.constantFrom(...TEAMS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), who }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A learner with what they did, as far as boards depend on it. */
interface Member {
  readonly id: LearnerId;
  readonly name: string;
  choice: 'shown' | 'hidden' | undefined;
  team: string | undefined;
  /** The last day on which each card was reviewed. */
  readonly reviewed: Map<string, number>;
}

/** Leaderboards of any size read the same as a fold over all days; for every database behind the store. */
export function boardsContract(name: string, open: () => Promise<Store>): void {
  describe(`leaderboards and teams in a store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync(
        CARDS.map((id, line) => card(id, line)),
        NOW,
      );
    });
    afterAll(() => store.close());

    it('say what a fold over all days says, whatever was done in whatever order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
          const world = await World.open(store);
          for (const one of steps) await world.take(one);
          await world.check();
        }),
        { numRuns: 12 },
      );
      expect(await store.boards.rebuild(false, at(6))).toMatchObject({ mismatches: 0 });
    }, 120_000);

    describe('of teams', () => {
      let world: World;
      beforeEach(async () => {
        world = await World.open(store);
      });
      const board = async () =>
        (await world.teams(TODAY)).map(
          ({ rank, name: called, mean, active, members }) => `${rank} ${called} ${mean} ${active}/${members}`,
        );

      it('give equal means one rank, whatever the sizes, and teams without an active member the last', async () => {
        for (const called of ['Green', 'Grey']) await store.teams.create(world.workspace, called, NOW);
        for (const called of ['Ada', 'Ben', 'Cleo'] as const) await world.study(called, 0, 'c0');
        await world.join('Ada', 'Blue');
        await world.join('Ben', 'Red');
        await world.join('Cleo', 'Red');
        await world.join('Dan', 'Grey');
        expect(await board()).toEqual(['1 Blue 10 1/1', '1 Red 10 2/2', '3 Green 0 0/0', '3 Grey 0 0/1']);
      });

      it('count who is hidden among the members and nowhere else', async () => {
        await world.study('Ada', -1, 'c0');
        await world.study('Ada', 0, 'c1');
        await world.study('Ben', 0, 'c0');
        await world.join('Ada', 'Blue');
        await world.join('Ben', 'Blue');
        expect(await board()).toEqual(['1 Blue 15 2/2', '2 Red 0 0/0']);
        await world.choose('Ada', 'hidden');
        expect(await board()).toEqual(['1 Blue 10 1/2', '2 Red 0 0/0']);
        await world.study('Ada', 1, 'c2');
        await world.choose('Ada', 'shown');
        expect(await board()).toEqual(['1 Blue 20 2/2', '2 Red 0 0/0']);
      });

      it('take along all that a learner earned when they change teams, and a team leaves nothing behind', async () => {
        await world.study('Ada', 0, 'c0');
        await world.join('Ada', 'Blue');
        await world.join('Ada', 'Red');
        expect(await board()).toEqual(['1 Red 10 1/1', '2 Blue 0 0/0']);
        await store.teams.remove(await world.team('Red'));
        expect(await board()).toEqual(['1 Blue 0 0/0']);
        await store.teams.create(world.workspace, 'Red', NOW);
        expect(await board()).toEqual(['1 Blue 0 0/0', '1 Red 0 0/0']);
      });
    });
  });
}

class World {
  readonly #members = new Map<string, Member>();
  #policy: 'opt-in' | 'opt-out' = 'opt-out';

  private constructor(
    readonly store: Store,
    readonly workspace: WorkspaceKey,
  ) {}

  static async open(store: Store): Promise<World> {
    const world = new World(store, { platform: 'web', workspace: randomUUID() });
    for (const name of WHO) {
      const { id } = await store.learners.signIn({ ...world.workspace, user: name }, name, NOW);
      world.#members.set(name, { id, name, choice: undefined, team: undefined, reviewed: new Map() });
    }
    for (const team of TEAMS) await store.teams.create(world.workspace, team, NOW);
    return world;
  }

  async take(one: Step): Promise<void> {
    if (one.kind === 'study') await this.study(one.who, one.day, one.card);
    if (one.kind === 'undo') await this.#undo(one.who, one.day);
    if (one.kind === 'choose') await this.choose(one.who, one.choice);
    if (one.kind === 'join') await this.join(one.who, one.team);
    if (one.kind === 'leave') await this.#leave(one.who);
    if (one.kind === 'policy') {
      await this.store.boards.setPolicy(this.workspace, one.policy, NOW);
      this.#policy = one.policy;
    }
  }

  /** A card is never reviewed on an earlier day than before. */
  async study(called: string, day: number, id: string): Promise<void> {
    const { id: learner, reviewed } = this.#of(called);
    if ((reviewed.get(id) ?? Number.NEGATIVE_INFINITY) >= day) return;
    const { lastSeq } = await this.store.reviews.progress(learner, cardId(id));
    const change = { workspace: this.workspace, at: at(day), rating: 4 } as const;
    expect(await this.store.reviews.record(draft(learner, id, lastSeq, change))).toMatchObject({
      outcome: 'recorded',
    });
    reviewed.set(id, day);
  }

  async choose(called: string, choice: 'shown' | 'hidden'): Promise<void> {
    const member = this.#of(called);
    await this.store.boards.choose(this.workspace, member.id, choice, NOW);
    member.choice = choice;
  }

  async join(called: string, team: string): Promise<void> {
    const member = this.#of(called);
    await this.store.teams.join(this.workspace, member.id, await this.team(team), NOW);
    member.team = team;
  }

  async team(called: string) {
    return ((await this.store.teams.find(this.workspace, called)) ?? expect.fail(`no team ${called}`)).id;
  }

  teams(day: StudyDay) {
    return this.store.boards.teams({ workspace: this.workspace, span: 'week', day });
  }

  async check(): Promise<void> {
    const days = new Map<string, readonly EarnedDay[]>();
    for (const { name, id } of this.#members.values()) {
      days.set(name, await this.store.boards.days(this.workspace, id, parseStudyDay('2025-01-01')));
    }
    for (const day of [TODAY, NEXT_WEEK]) {
      for (const span of SPANS) {
        const board = { workspace: this.workspace, channel: undefined, span, day };
        const fold = this.#fold(days, board);
        expect(await this.#pages(board), `${span} on ${day}`).toEqual(fold);
        for (const member of this.#members.values()) await this.#checkStanding(board, member, fold, days);
        expect(await this.store.boards.teams(board)).toEqual(this.#foldTeams(fold));
      }
    }
  }

  /** Nobody is more than a day behind what they did last. */
  async #undo(called: string, day: number): Promise<void> {
    const { id, reviewed } = this.#of(called);
    if ([...reviewed.values()].some((last) => last > day + 1)) return;
    await this.store.reviews.undo(id, randomUUID(), at(day), CLOCK);
  }

  async #leave(called: string): Promise<void> {
    const member = this.#of(called);
    await this.store.teams.leave(this.workspace, member.id);
    member.team = undefined;
  }

  #of(called: string): Member {
    return this.#members.get(called) ?? expect.fail(`nobody is called ${called}`);
  }

  #shown({ choice }: Member): boolean {
    return choice === undefined ? this.#policy === 'opt-out' : choice === 'shown';
  }

  /** Every place of a board, reckoned from all days of all learners. */
  #fold(days: ReadonlyMap<string, readonly EarnedDay[]>, board: BoardKey): readonly Place[] {
    const scores = [...this.#members.values()]
      .filter((member) => this.#shown(member))
      .map(({ id, name }) => ({ learner: id, name, ...scoreOf(days.get(name) ?? [], board) }))
      .filter(({ points }) => points > 0);
    const earlier = this.#before(days, board);
    const ranked = scores.map(({ before, ...score }) => {
      const rank = 1 + scores.filter(({ points }) => points > score.points).length;
      const rankBefore = 1 + earlier.filter((points) => points > before).length;
      const climbed = before > 0 ? rankBefore - rank : ('new' as const);
      return { ...score, rank, climbed: earlier.length > 0 ? climbed : undefined };
    });
    return ranked.sort((a, b) => b.points - a.points || (a.learner < b.learner ? 1 : -1));
  }

  /** What each who is shown had at the end of last week, also who has nothing in the span now. */
  #before(days: ReadonlyMap<string, readonly EarnedDay[]>, board: BoardKey): readonly number[] {
    return [...this.#members.values()]
      .filter((member) => this.#shown(member))
      .map(({ name }) => scoreOf(days.get(name) ?? [], board).before)
      .filter((points) => points > 0);
  }

  async #pages(board: BoardKey): Promise<readonly Place[]> {
    const places: Place[] = [];
    for (let turn: Place | undefined; ; turn = places.at(-1)) {
      const page = await this.store.boards.page(board, turn && { to: 'down', ...turn }, 2);
      places.push(...page.places);
      if (page.isLast) return places;
    }
  }

  async #checkStanding(
    board: BoardKey,
    member: Member,
    fold: readonly Place[],
    days: ReadonlyMap<string, readonly EarnedDay[]>,
  ): Promise<void> {
    const { points, days: active } = scoreOf(days.get(member.name) ?? [], board);
    const place = fold.findIndex(({ learner }) => learner === member.id);
    const rank = 1 + fold.filter((other) => other.points > points).length;
    expect(await this.store.boards.standing(board, member.id)).toEqual({
      shown: this.#shown(member),
      points,
      days: active,
      rank: points > 0 ? rank : undefined,
      learners: fold.length,
      near: place < 0 ? [] : fold.slice(Math.max(0, place - 2), place + 3),
    });
  }

  #foldTeams(fold: readonly Place[]) {
    const teams = TEAMS.map((name) => {
      const members = [...this.#members.values()].filter(({ team }) => team === name);
      const active = fold.filter(({ learner }) => members.some(({ id }) => id === learner));
      const points = active.reduce((sum, place) => sum + place.points, 0);
      const mean = active.length === 0 ? 0 : points / active.length;
      return { name, members: members.length, active: active.length, mean };
    });
    return teams
      .map((team) => ({ ...team, rank: 1 + teams.filter(({ mean }) => mean > team.mean).length }))
      .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  }
}

/** A learner's points and days in a span, and their points at the end of the week before. */
function scoreOf(days: readonly EarnedDay[], { span, day: today }: BoardKey) {
  const sum = (some: readonly EarnedDay[]) => some.reduce((all, { points }) => all + points, 0);
  const within = (day: StudyDay) =>
    span === 'all' || (span === 'week' ? weekOf(day) === weekOf(today) : seasonOf(day) === seasonOf(today));
  const here = days.filter(({ day }) => within(day));
  const earlier =
    span === 'week'
      ? days.filter(({ day }) => weekOf(day) === weekOf(addDays(today, -7)))
      : here.filter(({ day }) => day < weekOf(today));
  return { points: sum(here), days: here.length, before: sum(earlier) };
}
