import { z } from 'zod';
import { ApiError } from './errors.js';
import { type Json, newId, type Team } from './world.js';

/** A file that the bot has announced, sent or finished. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly altText: string | undefined;
  readonly team: Team;
  title: string | undefined;
  bytes: Uint8Array | undefined;
  /** When blocks may show it; undefined while the upload is not completed. */
  readyAt: number | undefined;
}

const Pictures = z.looseObject({ slack_file: z.looseObject({ id: z.string().optional() }).optional() });

/** All files, and whether a picture of one can be shown. */
export class Files {
  readonly all = new Map<string, StoredFile>();
  readonly #readyMs: number;

  /** `readyMs`: how long Slack works on an upload before blocks can show it. */
  constructor(readyMs: number) {
    this.#readyMs = readyMs;
  }

  announce(about: Pick<StoredFile, 'name' | 'length' | 'altText' | 'team'>): StoredFile {
    const fresh = { title: undefined, bytes: undefined, readyAt: undefined };
    const file: StoredFile = { id: newId('F'), ...about, ...fresh };
    this.all.set(file.id, file);
    return file;
  }

  /** Takes the bytes at the upload's address; false: Slack would refuse them. */
  receive(id: string, bytes: Uint8Array): boolean {
    const file = this.all.get(id);
    if (!file || file.bytes || bytes.length !== file.length) return false;
    file.bytes = bytes;
    return true;
  }

  complete(id: string, title: string | undefined, team: Team): StoredFile {
    const file = this.all.get(id);
    if (!file?.bytes || file.team !== team || file.readyAt !== undefined)
      throw new ApiError('file_not_found');
    file.title = title ?? file.name;
    file.readyAt = Date.now() + this.#readyMs;
    return file;
  }

  /** Someone deletes every file of the workspace: blocks cannot show them any more. */
  deleteAll(): void {
    this.all.clear();
  }

  /** Places in blocks that name a file that was never uploaded, or is deleted. */
  missingIn(blocks: readonly Json[]): string[] {
    return this.#placesOf(blocks, (file) => file?.readyAt === undefined);
  }

  /** Places in blocks that name a file that Slack still works on. */
  unreadyIn(blocks: readonly Json[]): string[] {
    return this.#placesOf(blocks, (file) => (file?.readyAt ?? 0) > Date.now());
  }

  #placesOf(blocks: readonly Json[], isWrong: (file: StoredFile | undefined) => boolean): string[] {
    return blocks.flatMap((block, at) => {
      const id = Pictures.safeParse(block).data?.slack_file?.id;
      const wrong = id !== undefined && isWrong(this.all.get(id));
      return wrong ? [`invalid slack file [json-pointer:/blocks/${at}/slack_file]`] : [];
    });
  }
}

/** A file as Slack's answers show it. */
export function fileJson(file: StoredFile): Json {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.length,
    filetype: file.name.split('.').at(-1),
    ...(file.altText !== undefined && { alt_txt: file.altText }),
  };
}
