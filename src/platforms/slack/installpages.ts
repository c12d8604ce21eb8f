import { ErrorCode } from '@slack/oauth';

/** The page that begins an installation; `url` leads to Slack. */
export function installPage(url: string): string {
  return page(
    'Add to Slack',
    `<p>Slack shows what the app may do, and asks for your consent.</p><p><a href="${escaped(url)}">Add to Slack</a></p>`,
  );
}

export interface Installed {
  readonly name: string | undefined;
  readonly team: string | undefined;
  readonly app: string | undefined;
}

/** The page at the end of an installation. */
export function successPage({ name = 'your organisation', team, app }: Installed): string {
  const home = `slack://app?team=${encodeURIComponent(team ?? '')}&id=${encodeURIComponent(app ?? '')}`;
  const link = team && app ? `<p><a href="${escaped(home)}">Open it in Slack</a></p>` : '';
  return page('Installed', `<p>The app is now in ${escaped(name)}.</p>${link}`);
}

/** The page where an installation did not come to its end, by the code of the error. */
export function failedPage(code: string): string {
  const why: Readonly<Record<string, string>> = {
    [ErrorCode.MissingStateError]: FROM_ELSEWHERE,
    [ErrorCode.InvalidStateError]: FROM_ELSEWHERE,
    [ErrorCode.AuthorizationError]: 'You did not allow it, so nothing was installed.',
  };
  const said = why[code] ?? `Something went wrong (${code}). Please try again.`;
  return page('Not installed', `<p>${escaped(said)}</p><p><a href="install">Begin again</a></p>`);
}

const FROM_ELSEWHERE =
  'This did not begin in this browser, or more than ten minutes ago. Please begin again here.';

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
