import type { Act } from './acts.js';
import { messageJson } from './messages.js';
import type { Ground } from './method.js';
import { type OpenView, viewJson } from './modals.js';
import { type Option, optionsOf, type Part } from './parts.js';
import { type Channel, type Json, newId, newTs, type Team, type User } from './world.js';

/** The old shared secret that Slack still sends with everything. */
const VERIFICATION_TOKEN = 'loopback-verification-token';

/** True where the app reaches a team through the organisation around it. */
function isOrgWide({ installs }: Ground, team: Team): boolean {
  return installs.reaching(team)?.home.kind === 'enterprise';
}

const channelName = ({ kind, name }: Channel) => (kind === 'private' ? 'privategroup' : name);

/** What a bot gets of a slash command. */
export function commandPayload(ground: Ground, act: Act, typed: string, links: Json): Json {
  const { user, channel } = act;
  const { team } = user;
  const [command = '', ...words] = typed.split(' ');
  return {
    token: VERIFICATION_TOKEN,
    team_id: team.id,
    team_domain: team.domain,
    ...(team.enterprise && { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name }),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name.toLowerCase(),
    command,
    text: words.join(' ').trim(),
    api_app_id: ground.appId,
    is_enterprise_install: String(isOrgWide(ground, team)),
    ...links,
  };
}

function common(ground: Ground, { id, name, team, home }: User): Json {
  const { enterprise } = team;
  return {
    token: VERIFICATION_TOKEN,
    api_app_id: ground.appId,
    team: {
      id: team.id,
      domain: team.domain,
      ...(enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    },
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: isOrgWide(ground, team),
    user: { id, username: name.toLowerCase(), name: name.toLowerCase(), team_id: home ?? team.id },
  };
}

/** What a bot gets of a press or a choice, in a message or in a view. */
export function pressPayload(
  ground: Ground,
  act: Act,
  action: Json,
  links: Json,
  view: OpenView | undefined,
): Json {
  const { user, channel, source } = act;
  const state = {
    values: { [String(action['block_id'])]: { [String(action['action_id'])]: stateOfAction(action) } },
  };
  const payload = { type: 'block_actions', ...common(ground, user), ...links, actions: [action] };
  if (view) {
    const shown = viewJson(view, ground.appId);
    return { ...payload, container: { type: 'view', view_id: view.id }, view: { ...shown, state } };
  }
  if (!source) throw new Error('a press stands in a message or in a view');
  const isEphemeral = source.ephemeralTo !== undefined;
  const thread = source.threadTs === undefined ? {} : { thread_ts: source.threadTs };
  const place = { message_ts: source.ts, channel_id: channel.id, is_ephemeral: isEphemeral, ...thread };
  return {
    ...payload,
    container: { type: 'message', ...place },
    channel: { id: channel.id, name: channelName(channel) },
    state: action['type'] === 'button' ? { values: {} } : state,
    ...(!isEphemeral && { message: messageJson(source, ground.appId) }),
  };
}

function stateOfAction({ type, selected_option, selected_options }: Json): Json {
  return {
    type,
    ...(selected_option !== undefined && { selected_option }),
    ...(selected_options !== undefined && { selected_options }),
  };
}

const MULTIPLE: readonly string[] = ['multi_static_select', 'checkboxes'];

/** The action of a press on a button, or of a choice among options; throws where the client has no such choice. */
export function actionOf(part: Part, chosen?: readonly string[]): Json {
  const { type, actionId, blockId } = part;
  const action = { type, action_id: actionId, block_id: blockId, action_ts: newTs() };
  if (chosen) return { ...action, ...selection(part, optionsOf(part, chosen)) };
  return {
    ...action,
    text: part.text,
    ...(part.value !== undefined && { value: part.value }),
    ...(part.url !== undefined && { url: part.url }),
  };
}

/** What is chosen in a part, as Slack says it. */
export function selection(part: Part, options: readonly Option[]): Json {
  if (!MULTIPLE.includes(part.type)) {
    if (options.length > 1) throw new Error(`only one can be chosen in ${part.label}`);
    return { selected_option: options[0] ?? null };
  }
  const most = part.max_selected_items ?? Number.POSITIVE_INFINITY;
  if (options.length > most) throw new Error(`at most ${most} can be chosen in ${part.label}`);
  return { selected_options: options };
}

/** What a bot gets of a form that was sent or put away. */
export function viewPayload(
  ground: Ground,
  type: 'view_submission' | 'view_closed',
  view: OpenView,
  more: Json,
  values: Json = {},
): Json {
  const { home } = view.user;
  const shown = viewJson(view, ground.appId, values);
  const extra = type === 'view_submission' ? { response_urls: [] } : { is_cleared: false };
  // Of somebody from elsewhere, a form names the workspace that they come from.
  const elsewhere = home === undefined ? {} : { team: { id: home, domain: 'elsewhere' } };
  return { type, ...common(ground, view.user), ...elsewhere, ...more, view: shown, ...extra };
}

/** An event with what Slack wraps around it; `from` is the workspace of who caused it, where that is another one. */
export function eventPayload(ground: Ground, team: Team, event: Json, from?: string): Json {
  const enterprise_id = team.enterprise?.id ?? null;
  const isOrg = isOrgWide(ground, team);
  return {
    token: VERIFICATION_TOKEN,
    team_id: from ?? team.id,
    ...(enterprise_id !== null && { enterprise_id }),
    context_team_id: team.id,
    context_enterprise_id: enterprise_id,
    api_app_id: ground.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id,
        team_id: isOrg ? null : team.id,
        user_id: team.botUserId,
        is_bot: true,
        is_enterprise_install: isOrg,
      },
    ],
    is_ext_shared_channel: from !== undefined,
    event_context: newId('EC'),
  };
}
