import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepSealed } from '../../src/sealing.js';
import { Secret } from '../../src/secret.js';
import type { Store } from '../../src/store/store.js';
import { later, NOW } from './samples.js';

const team = { id: 'T1', isEnterprise: false, sealed: 'sealed once' };

/** What is kept of workspaces that installed the Slack app; for every database behind the store. */
export function installsContract(name: string, open: () => Promise<Store>): void {
  describe(`installations in a store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('are found by the id of their workspace, as they were saved last', async () => {
      expect(await store.installations.find('T1')).toBeUndefined();
      await store.installations.save(team, NOW);
      await store.installations.save({ ...team, id: 'E1', isEnterprise: true }, NOW);
      await store.installations.save({ ...team, sealed: 'sealed twice' }, later(1));
      expect(await store.installations.find('T1')).toBe('sealed twice');
      expect(await store.installations.find('E1')).toBe('sealed once');
    });

    it('go when the app was taken out, but not when it was installed again since', async () => {
      await store.installations.save({ ...team, id: 'T2' }, later(10));
      expect(await store.installations.remove('T2', later(10))).toBe(false);
      expect(await store.installations.find('T2')).toBe('sealed once');
      expect(await store.installations.remove('T2', later(11))).toBe(true);
      expect(await store.installations.find('T2')).toBeUndefined();
      expect(await store.installations.remove('T2', later(11))).toBe(false);
    });

    it('stand in the database sealed, and are read with the same key alone', async () => {
      const key = () => new Secret(Buffer.alloc(32, 7).toString('base64'));
      const kept = keepSealed(store.installations, key(), () => NOW);
      await kept.save('T3', false, '{"token":"xoxb-hidden"}');
      expect(await store.installations.find('T3')).not.toContain('xoxb-hidden');
      expect(await kept.find('T3')).toBe('{"token":"xoxb-hidden"}');
      const other = new Secret(Buffer.alloc(32, 8).toString('base64'));
      await expect(keepSealed(store.installations, other, () => NOW).find('T3')).rejects.toThrow(
        'SECRET_KEY',
      );
      await kept.remove('T3', later(1));
      expect(await kept.find('T3')).toBeUndefined();
    });
  });
}
