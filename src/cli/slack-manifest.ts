import { slackManifest } from '../platforms/slack/manifest.js';
import { CliError, print } from './lines.js';
import { configOf } from './options.js';

/** Answers `eks slack-manifest`: what a new Slack app is made from. */
export async function printSlackManifest({ url }: { readonly url?: string }): Promise<void> {
  if (url !== undefined && !isPublicAddress(url)) {
    throw new CliError('--url must be an address of your own such as https://study.example.com');
  }
  const { commandName } = configOf({});
  await print(JSON.stringify(slackManifest({ commandName, url }), undefined, 2));
}

/** Slack sends to https alone; a query or a fragment could not be followed by a path. */
function isPublicAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, search, hash, username } = new URL(url);
  return protocol === 'https:' && search === '' && hash === '' && username === '' && !/[?#]/.test(url);
}
