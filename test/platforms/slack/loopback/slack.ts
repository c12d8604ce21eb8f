import { Acts } from './acts.js';
import { authMethods, revokedEvent } from './authmethods.js';
import { chatMethods } from './chatmethods.js';
import { Dispatch } from './dispatch.js';
import { fileMethods } from './filemethods.js';
import { Files } from './files.js';
import { type Home, Installs } from './installs.js';
import { lookupMethods } from './lookupmethods.js';
import { Messages } from './messages.js';
import type { Ground } from './method.js';
import { Modals } from './modals.js';
import { Browser, Consent, type Landing } from './oauth.js';
import { eventPayload } from './payloads.js';
import { Requests } from './requests.js';
import { ResponseUrls } from './responseurls.js';
import { Seat, type Surroundings } from './seat.js';
import { SeenMessage } from './seen.js';
import { Rest, type SeenRequest, type Violation } from './server.js';
import { SocketMode } from './socket.js';
import type { Troubles } from './troubles.js';
import { viewMethods } from './viewmethods.js';
import { type Person, Workspace } from './workspace.js';
import {
  type Channel,
  type Enterprise,
  type Json,
  newId,
  newTs,
  type Team,
  type User,
  World,
} from './world.js';

export interface SlackOptions {
  /** False: blocks and views are taken as they come, for measuring how fast a bot is. */
  readonly validates?: boolean;
  /** The app's slash commands; ['/eks'] where absent. */
  readonly commands?: readonly string[];
  /** What a new workspace's installation may do. */
  readonly scopes?: readonly string[];
  /** What the app is subscribed to. */
  readonly events?: readonly string[];
  /** How long a bot has to acknowledge; 3 s as on Slack where absent. */
  readonly answerMs?: number;
  /** How long a trigger id can be used; 3 s where absent. */
  readonly triggerMs?: number;
  /** How often and how long a response_url can be used; 5 times in 30 minutes where absent. */
  readonly responseUses?: number;
  readonly responseMs?: number;
  /** How long after a failure an event is sent again, once for each; at once, 1 and 5 minutes where absent. */
  readonly retryMs?: readonly number[];
  /** How long a person waits until something is shown. */
  readonly patienceMs?: number;
  readonly pingMs?: number;
  /** How long after its announcement Slack closes a connection. */
  readonly closeMs?: number;
  /** How long Slack works on an uploaded file before blocks can show it. */
  readonly fileMs?: number;
  /** Tokens rotate and live so long; they live for ever where absent. */
  readonly rotationSeconds?: number;
}

const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'team:read',
  'usergroups:read',
  'users:read',
];
const EVENTS = [
  'app_mention',
  'message.im',
  'app_home_opened',
  'app_uninstalled',
  'subteam_updated',
  'tokens_revoked',
];

/** Starts a Slack on this computer for one app. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const slack = new Slack(options);
  await slack.listen();
  return slack;
}

/** A Slack on 127.0.0.1: what an app's client connects to, and the people who use the app. */
export class Slack {
  readonly appId = newId('A');
  readonly appToken = `xapp-1-${newId('A')}-loopback`;
  readonly clientId = '1000.2000';
  readonly clientSecret = 'loopback-client-secret';
  readonly signingSecret = 'loopback-signing-secret';
  readonly socket: SocketMode;
  readonly #rest = new Rest();
  readonly #ground: Ground;
  readonly #dispatch: Dispatch;
  readonly #around: Surroundings;
  readonly #consent: Consent;
  readonly #scopes: readonly string[];
  readonly #events: readonly string[];
  readonly #answerMs: number;

  constructor(options: SlackOptions) {
    const { answerMs = 3000, scopes = SCOPES, events = EVENTS } = options;
    this.#scopes = scopes;
    this.#events = events;
    this.#answerMs = answerMs;
    this.#ground = {
      appId: this.appId,
      appToken: this.appToken,
      clientId: this.clientId,
      clientSecret: this.clientSecret,
      validates: options.validates ?? true,
      world: new World(),
      installs: new Installs(options.rotationSeconds),
      messages: new Messages(),
      modals: new Modals(options.triggerMs ?? 3000),
      acts: new Acts(),
      files: new Files(options.fileMs ?? 0),
      base: () => this.#rest.base,
      tell: (team, kind, event) => this.#tell(team, kind, event),
      frown: (request, message) => this.#rest.violate(request, message),
    };
    this.socket = new SocketMode(this.#rest.http, {
      appId: this.appId,
      answerMs,
      pingMs: options.pingMs ?? 1000,
      closeMs: options.closeMs ?? 10_000,
      violate: (message) => this.#rest.violate('socket', message),
    });
    const { retryMs = [0, 60_000, 300_000], responseUses = 5, responseMs = 1_800_000 } = options;
    this.#dispatch = new Dispatch(this.socket, this.#ground.acts, retryMs);
    this.#consent = new Consent(this.#ground);
    this.#around = {
      ground: this.#ground,
      dispatch: this.#dispatch,
      responseUrls: new ResponseUrls(this.#ground, responseUses, responseMs),
      commands: options.commands ?? ['/eks'],
      patienceMs: options.patienceMs ?? 5000,
      subscribed: (kind) => events.includes(kind),
    };
  }

  async listen(): Promise<void> {
    const { installs, files } = this.#ground;
    const methods = [
      ...chatMethods(this.#ground),
      ...viewMethods(this.#ground),
      ...lookupMethods(this.#ground),
      ...fileMethods(this.#ground),
      ...authMethods(
        this.#ground,
        () => `${this.base.replace(/^http/, 'ws')}/link?${this.socket.newTicket()}`,
      ),
    ];
    const { responseUrls } = this.#around;
    const consent = this.#consent;
    await this.#rest.listen({ appToken: this.appToken, methods, installs, files, responseUrls, consent });
  }

  /** The loopback's own address. */
  get base(): string {
    return this.#rest.base;
  }

  /** What Bolt takes as `clientOptions.slackApiUrl`. */
  get apiUrl(): string {
    return `${this.base}/api/`;
  }

  /** What Bolt takes as `installerOptions.authorizationUrl`. */
  get authorizationUrl(): string {
    return `${this.base}/oauth/v2/authorize`;
  }

  /** All requests so far, in the order in which they came. */
  get requests(): readonly SeenRequest[] {
    return this.#rest.requests;
  }

  /** What the bot sent and Slack would refuse or ignore, or a person would miss; a good bot leaves none. */
  get violations(): readonly Violation[] {
    return this.#rest.violations;
  }

  /** How many connections of Socket Mode are open. */
  get connections(): number {
    return this.socket.open;
  }

  /** Rate limits, failures, refusals and delays for the requests to come. */
  get troubles(): Troubles {
    return this.#rest.troubles;
  }

  /** Sends everything to the bot's own server from now on, rather than through Socket Mode. */
  sendsTo(url: string): Requests {
    const requests = new Requests({ url, signingSecret: this.signingSecret, answerMs: this.#answerMs });
    this.#dispatch.transport = requests;
    return requests;
  }

  /** Sets the redirect addresses in the app's settings; the first is where people go whose link names none. */
  redirectsTo(...urls: readonly string[]): void {
    this.#consent.redirectUris = urls;
  }

  /** A workspace that has the app, or does not yet where `installed` is false. */
  workspace(about: { name?: string; installed?: boolean; enterprise?: Enterprise } = {}): Workspace {
    const { name = 'Study group', installed = true, enterprise } = about;
    const team = this.#ground.world.addTeam(name, enterprise);
    if (installed) this.#ground.installs.install({ kind: 'team', team }, this.#scopes);
    return new Workspace(team, this.#ground, (user) => this.#person(user));
  }

  enterprise(name = 'Study Corp'): Enterprise {
    return { id: newId('E'), name };
  }

  /** What everyone sees in a channel, and what only `person` sees, in the order in which it was posted. */
  messagesIn(channel: Channel, person?: User): SeenMessage[] {
    return this.#ground.messages
      .in(channel)
      .filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === person?.id)
      .map((message) => new SeenMessage(message));
  }

  /** An event as it would be sent; for forged requests. */
  event(workspace: Workspace, event: Json): Json {
    return eventPayload(this.#ground, workspace.team, event);
  }

  /** Takes the app out of a workspace, or out of an organisation. */
  uninstall(workspace: Workspace, everywhere = false): void {
    const { team } = workspace;
    const { enterprise } = team;
    const home: Home =
      everywhere && enterprise ? { kind: 'enterprise', enterprise, team } : { kind: 'team', team };
    this.#ground.installs.uninstall(home);
    this.#tell(team, 'tokens_revoked', revokedEvent(team));
    this.#tell(team, 'app_uninstalled', { type: 'app_uninstalled', event_ts: newTs() });
  }

  /** Someone deletes every file that was uploaded. */
  deleteFiles(): void {
    this.#ground.files.deleteAll();
  }

  async close(): Promise<void> {
    this.#dispatch.stop();
    await this.socket.stop();
    await this.#rest.stop();
  }

  #person(user: User): Person {
    const seatIn = (channel: Channel) => new Seat(user, channel, this.#around);
    return {
      ...user,
      in: seatIn,
      directly: () => seatIn(this.#ground.world.directWith(user)),
      opensHome: () => seatIn(this.#ground.world.directWith(user)).opensHome(),
      installs: (url, decision) => this.#consents(user, url, decision),
    };
  }

  /** Takes a person through the installation: from the bot's page to Slack's and back. */
  #consents(
    user: User,
    installUrl: string,
    decision: 'allows' | 'denies' | 'everywhere' = 'allows',
  ): Promise<Landing> {
    const { team } = user;
    const { enterprise } = team;
    const inTeam: Home = { kind: 'team', team };
    const home: Home =
      decision === 'everywhere' && enterprise ? { kind: 'enterprise', enterprise, team } : inTeam;
    const decide = (wish: string) =>
      this.#consent.decide(wish, user, decision === 'denies' ? undefined : home);
    return new Browser().installs(installUrl, decide);
  }

  #tell(team: Team, kind: string, event: Json): void {
    if (this.#events.includes(kind)) void this.#dispatch.event(eventPayload(this.#ground, team, event));
  }
}
