import { z } from 'zod';
import type { Act } from './acts.js';
import { announce, checkSaid } from './chatmethods.js';
import { ApiError } from './errors.js';
import type { StoredMessage } from './messages.js';
import { flag, type Ground } from './method.js';
import { problemsOf } from './problems.js';
import { secret } from './world.js';

const Body = z.strictObject({
  text: z.string().optional(),
  blocks: z.array(z.record(z.string(), z.unknown())).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: flag.optional(),
  delete_original: flag.optional(),
  thread_ts: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  mrkdwn: z.boolean().optional(),
  link_names: z.boolean().optional(),
  parse: z.string().optional(),
});
type Body = z.infer<typeof Body>;

interface ResponseUrl {
  readonly act: Act;
  readonly until: number;
  left: number;
}

/** The addresses at which a bot can answer an act a few times without a token. */
export class ResponseUrls {
  readonly #urls = new Map<string, ResponseUrl>();
  readonly #ground: Ground;
  readonly #uses: number;
  readonly #lifeMs: number;

  constructor(ground: Ground, uses: number, lifeMs: number) {
    this.#ground = ground;
    this.#uses = uses;
    this.#lifeMs = lifeMs;
  }

  issue(act: Act): string {
    const family = act.kind === 'command' ? 'commands' : 'actions';
    const path = `/${family}/${act.user.team.id}/${secret(8)}`;
    this.#urls.set(path, { act, until: Date.now() + this.#lifeMs, left: this.#uses });
    return `${this.#ground.base()}${path}`;
  }

  /** Takes an answer; refuses with Slack's code. */
  take(path: string, raw: unknown): void {
    const url = this.#urls.get(path);
    if (!url) throw new ApiError('no_service');
    if (url.until <= Date.now()) throw new ApiError('expired_url');
    if (url.left === 0) throw new ApiError('used_url');
    url.left -= 1;
    this.answer(url.act, raw);
  }

  /** Does what an answer says: the body of a request, or of an acknowledgement. */
  answer(act: Act, raw: unknown): void {
    const problems = problemsOf(Body, raw, '');
    const body = Body.safeParse(raw).data;
    if (!body) throw new ApiError('invalid_payload', { problems });
    if (body.delete_original) {
      this.#delete(act);
      return;
    }
    checkSaid(this.#ground, 'response_url', body);
    if (body.replace_original && act.source) this.#replace(act, act.source, body);
    else this.#post(act, body);
  }

  #post(act: Act, body: Body): void {
    const { messages, acts } = this.#ground;
    if (body.replace_original) {
      this.#ground.frown('response_url', 'replace_original where there is no message to replace');
    }
    const isPublic = body.response_type === 'in_channel';
    const ephemeralTo = isPublic ? undefined : act.user.id;
    const place = { channel: act.channel, threadTs: body.thread_ts, ephemeralTo };
    const message = messages.post(place, body);
    acts.showMessage('posted', message, act);
    announce(this.#ground, message, 'posted');
  }

  #replace(act: Act, source: StoredMessage, body: Body): void {
    if (source.deleted) throw new ApiError('message_not_found');
    this.#ground.messages.edit(source, body);
    this.#ground.acts.showMessage('updated', source, act);
    announce(this.#ground, source, 'updated');
  }

  #delete(act: Act): void {
    if (!act.source) throw new ApiError('message_not_found');
    act.source.deleted = true;
    this.#ground.acts.showMessage('deleted', act.source, act);
    announce(this.#ground, act.source, 'deleted');
  }
}
