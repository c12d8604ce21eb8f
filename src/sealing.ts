import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Installations } from './store/store.js';

/** A key of 32 bytes in base64. */
interface Key {
  reveal(): string;
}

const CIPHER = 'aes-256-gcm';
/** Stands before what is sealed, so that another way of sealing can be told from this one. */
const VERSION = 'v1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a text. It can only be opened with the same key and as what belongs to the same `owner`. */
export function seal(text: string, owner: string, key: Key): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, bytesOf(key), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return VERSION + sealed.toString('base64url');
}

/** @throws Error where it was sealed with another key, for another owner, or was changed since */
export function unseal(sealed: string, owner: string, key: Key): string {
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
  if (!sealed.startsWith(VERSION) || bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error(UNREADABLE);
  const decipher = createDecipheriv(CIPHER, bytesOf(key), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return (
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch {
    throw new Error(UNREADABLE);
  }
}

const UNREADABLE =
  'What was sealed cannot be read: SECRET_KEY is not the one that it was sealed with, or the data were changed.';

function bytesOf(key: Key): Buffer {
  return Buffer.from(key.reveal(), 'base64');
}

/** Installations as a platform keeps them, sealed on their way into the database. */
export interface SealedInstallations {
  save(id: string, isEnterprise: boolean, installation: string): Promise<void>;
  find(id: string): Promise<string | undefined>;
  remove(id: string, savedBefore: Date): Promise<void>;
}

/** Keeps installations so that their tokens stand in no database, and no backup of it, for all to read. */
export function keepSealed(installations: Installations, key: Key, now: () => Date): SealedInstallations {
  return {
    save: (id, isEnterprise, installation) =>
      installations.save({ id, isEnterprise, sealed: seal(installation, id, key) }, now()),
    async find(id) {
      const sealed = await installations.find(id);
      return sealed === undefined ? undefined : unseal(sealed, id, key);
    },
    async remove(id, savedBefore) {
      await installations.remove(id, savedBefore);
    },
  };
}
