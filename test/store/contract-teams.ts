import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, studyDayOf } from '../../src/learning/studyday.js';
import type { LearnerId, Store, WorkspaceKey } from '../../src/store/store.js';
import { MOST_TEAMS, TeamId } from '../../src/store/teams.js';
import { CLOCK, card, draft, later, NOW } from './samples.js';

/** A Tuesday. */
const TODAY = studyDayOf(NOW, CLOCK);
const DAY = 24 * 60;

/** Teams of a workspace; for every database behind the store. */
export function teamsContract(name: string, open: () => Promise<Store>): void {
  describe(`teams in a store on ${name}`, () => {
    let store: Store;
    let workspace: WorkspaceKey;
    let ada: LearnerId;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync(
        ['a', 'b', 'c', 'd'].map((id, line) => card(id, line)),
        NOW,
      );
    });
    beforeEach(async () => {
      workspace = { platform: 'discord', workspace: randomUUID() };
      ada = await join('ada');
    });
    afterAll(() => store.close());

    const join = async (called: string, place = workspace) =>
      (await store.learners.signIn({ ...place, user: `id of ${called}` }, called, NOW)).id;
    const made = async (called: string, place = workspace) => {
      expect(await store.teams.create(place, called, NOW)).toBe('created');
      return (await store.teams.find(place, called)) ?? expect.fail('a team that was made is not there');
    };
    const teamOf = async (learner: LearnerId) => (await store.teams.teamOf(workspace, learner))?.name;
    const list = async () =>
      (await store.teams.list(workspace, TODAY)).map(
        ({ name: called, members, days }) => `${called} ${members} ${days}`,
      );

    it('have a name that is theirs alone, in whatever letters, in their workspace', async () => {
      const blue = await made('Blue');
      expect(blue).toMatchObject({ goal: undefined, group: undefined });
      expect(await store.teams.create(workspace, 'BLUE', NOW)).toBe('taken');
      expect(await store.teams.find(workspace, 'bLuE')).toEqual(blue);
      const green = await made('Green');
      expect(await store.teams.rename(workspace, green.id, 'blue')).toBe(false);
      expect(await store.teams.rename(workspace, green.id, 'GREEN')).toBe(true);
      expect(await list()).toEqual(['Blue 0 0', 'GREEN 0 0']);
      const elsewhere = { platform: 'discord', workspace: randomUUID() };
      await join('ada', elsewhere);
      expect(await store.teams.byId(elsewhere, blue.id)).toBeUndefined();
      await made('Blue', elsewhere);
    });

    it('are so many in a workspace and no more', async () => {
      for (let index = 0; index < MOST_TEAMS; index += 1) await made(`T${index}`);
      expect(await store.teams.create(workspace, 'One more', NOW)).toBe('full');
    });

    it('have each learner in one of them at most, in each workspace apart', async () => {
      const [blue, green] = [await made('Blue'), await made('Green')];
      const elsewhere = { platform: 'discord', workspace: randomUUID() };
      await join('somebody', elsewhere);
      const red = await made('Red', elsewhere);
      for (const team of [blue.id, blue.id, green.id]) await store.teams.join(workspace, ada, team, NOW);
      await store.teams.join(elsewhere, ada, red.id, NOW);
      expect(await teamOf(ada)).toBe('Green');
      expect(await list()).toEqual(['Blue 0 0', 'Green 1 0']);
      expect((await store.teams.leave(workspace, ada))?.name).toBe('Green');
      expect(await store.teams.leave(workspace, ada)).toBeUndefined();
      expect((await store.teams.teamOf(elsewhere, ada))?.name).toBe('Red');
    });

    it('take a learner in once who joins two at once', async () => {
      const [blue, green] = [await made('Blue'), await made('Green')];
      await Promise.all(
        [blue, green, blue, green].map(({ id }) => store.teams.join(workspace, ada, id, NOW)),
      );
      const members = (await store.teams.list(workspace, TODAY)).map((team) => team.members);
      expect(members.reduce((sum, count) => sum + count)).toBe(1);
    });

    it('go with their memberships, and leave what was learnt', async () => {
      const blue = await made('Blue');
      await store.teams.join(workspace, ada, blue.id, NOW);
      await store.reviews.record(draft(ada, 'a', 0, { workspace }));
      await store.teams.remove(blue.id);
      await store.teams.remove(blue.id);
      expect(await list()).toEqual([]);
      expect(await teamOf(ada)).toBeUndefined();
      expect((await store.reviews.progress(ada, draft(ada, 'a', 0).card)).lastSeq).toBe(1);
    });

    it("count their members' study days of the week toward the goal, each day of each member once", async () => {
      const blue = await made('Blue');
      const ben = await join('ben');
      const eve = await join('eve');
      for (const learner of [ada, ben]) await store.teams.join(workspace, learner, blue.id, NOW);
      await store.reviews.record(draft(ada, 'a', 0, { workspace, at: later(-2 * DAY) }));
      await store.reviews.record(draft(ada, 'b', 0, { workspace, at: later(-DAY) }));
      for (const learner of [ada, ben, eve]) {
        for (const id of ['c', 'd']) await store.reviews.record(draft(learner, id, 0, { workspace }));
      }
      expect(await list()).toEqual(['Blue 2 3']);
      expect(await store.teams.goalProgress(workspace, TODAY)).toEqual([]);
      await store.teams.setGoal(blue.id, 40);
      expect(await store.teams.goalProgress(workspace, TODAY)).toEqual([
        { name: 'Blue', members: 2, days: 3, goal: 40 },
      ]);
      expect(await store.teams.goalProgress(workspace, addDays(TODAY, -7))).toMatchObject([{ days: 1 }]);
      await store.boards.choose(workspace, ada, 'hidden', NOW);
      expect(await store.teams.goalProgress(workspace, TODAY)).toMatchObject([{ days: 3 }]);
      await store.teams.setGoal(blue.id, undefined);
      expect(await store.teams.goalProgress(workspace, TODAY)).toEqual([]);
    });

    it('are empty in a workspace that nobody has used', async () => {
      const unknown = { platform: 'discord', workspace: randomUUID() };
      expect(await store.teams.list(unknown, TODAY)).toEqual([]);
      expect(await store.teams.goalProgress(unknown, TODAY)).toEqual([]);
    });

    it('that belong to a role follow it, in and out', async () => {
      const [blue, green, free] = [await made('Blue'), await made('Green'), await made('Free')];
      const follow = async (groups: readonly string[]) => {
        await store.teams.follow(workspace, ada, async () => ({ ids: groups }), NOW);
        return teamOf(ada);
      };
      expect(await follow(['r1', 'r2'])).toBeUndefined();
      await store.teams.setGroup(blue.id, 'r1');
      await store.teams.setGroup(green.id, 'r2');
      expect(await follow(['r2', 'other'])).toBe('Green');
      expect(await follow(['r1', 'r2'])).toBe('Green');
      expect(await follow(['r1'])).toBe('Blue');
      expect(await follow([])).toBeUndefined();
      await store.teams.join(workspace, ada, free.id, NOW);
      expect(await follow([])).toBe('Free');
      expect(await follow(['r1'])).toBe('Blue');
      await store.teams.setGroup(blue.id, undefined);
      expect(await follow([])).toBe('Blue');
      await store.teams.remove(blue.id);
      expect(await follow(['r1'])).toBeUndefined();
    });

    it('let go of who has the role no more and does not come back, where the platform tells of all at once', async () => {
      const blue = await made('Blue');
      await store.teams.setGroup(blue.id, 'r1');
      const ben = await join('ben');
      const follow = (learner: LearnerId, people: readonly string[]) => {
        const told = {
          ids: ['r1'],
          people: new Map([['r1', new Set(people.map((name) => `id of ${name}`))]]),
        };
        return store.teams.follow(workspace, learner, async () => told, NOW);
      };
      await follow(ada, ['ada', 'ben']);
      await follow(ben, ['ada', 'ben']);
      expect(await list()).toEqual(['Blue 2 0']);
      await follow(ada, ['ada']);
      expect(await teamOf(ben)).toBeUndefined();
      expect(await teamOf(ada)).toBe('Blue');
    });

    it('let nobody go who chose a team that was freed from its role meanwhile', async () => {
      const blue = await made('Blue');
      await store.teams.setGroup(blue.id, 'r1');
      const ben = await join('ben');
      const ask = async () => {
        await store.teams.setGroup(blue.id, undefined);
        await store.teams.join(workspace, ben, blue.id, NOW);
        return { ids: [], people: new Map([['r1', new Set<string>()]]) };
      };
      await store.teams.follow(workspace, ada, ask, NOW);
      expect(await teamOf(ben)).toBe('Blue');
    });

    it('take nobody in who has the role of a team that was freed or removed meanwhile, and put nobody out', async () => {
      const [blue, green] = [await made('Blue'), await made('Green')];
      const [ben, eve] = [await join('ben'), await join('eve')];
      for (const { id } of [blue, green]) await store.teams.setGroup(id, 'r1');
      const follow = (learner: LearnerId, ids: readonly string[], meanwhile: () => Promise<void>) =>
        store.teams.follow(workspace, learner, async () => meanwhile().then(() => ({ ids })), NOW);
      await follow(ada, ['r1'], () => store.teams.setGroup(blue.id, undefined));
      await follow(eve, ['r1'], () => store.teams.remove(green.id));
      expect(await list()).toEqual(['Blue 0 0']);
      await store.teams.setGroup(blue.id, 'r1');
      await store.teams.join(workspace, ben, blue.id, NOW);
      await follow(ben, [], () => store.teams.setGroup(blue.id, undefined));
      expect(await teamOf(ben)).toBe('Blue');
    });

    it('let go of who joined while they were free, once they belong to the role again', async () => {
      const blue = await made('Blue');
      const ben = await join('ben');
      const told = { ids: ['r1'], people: new Map([['r1', new Set(['id of ada'])]]) };
      const follow = () => store.teams.follow(workspace, ada, async () => told, NOW);
      await store.teams.setGroup(blue.id, 'r1');
      await follow();
      await store.teams.setGroup(blue.id, undefined);
      await store.teams.join(workspace, ben, blue.id, NOW);
      await store.teams.setGroup(blue.id, 'r1');
      await follow();
      expect(await teamOf(ben)).toBeUndefined();
      expect(await teamOf(ada)).toBe('Blue');
    });

    it('stay as they are where the platform cannot say who has which role', async () => {
      const blue = await made('Blue');
      await store.teams.setGroup(blue.id, 'r1');
      await store.teams.follow(workspace, ada, async () => ({ ids: ['r1'] }), NOW);
      await store.teams.follow(workspace, ada, async () => undefined, NOW);
      expect(await teamOf(ada)).toBe('Blue');
    });

    it('see within a minute which roles another process gave them', async () => {
      const blue = await made('Blue');
      const follow = async (minutes: number) => {
        await store.teams.follow(workspace, ada, async () => ({ ids: ['r1'] }), later(minutes));
        return teamOf(ada);
      };
      expect(await follow(0)).toBeUndefined();
      await store.teams.setGroup(blue.id, 'r1');
      expect(await follow(1)).toBe('Blue');
    });

    it('find people by the id of the platform, or by name in whatever letters', async () => {
      const other = (await store.learners.signIn({ ...workspace, user: 'u2' }, 'Ada', NOW)).id;
      expect(await store.teams.people(workspace, 'id of ada')).toEqual([ada]);
      expect(new Set(await store.teams.people(workspace, 'ADA'))).toEqual(new Set([ada, other]));
      expect(await store.teams.people(workspace, 'nobody')).toEqual([]);
    });

    it('are found by no id that was made up', async () => {
      expect(await store.teams.byId(workspace, TeamId.parse('made up'))).toBeUndefined();
    });
  });
}
