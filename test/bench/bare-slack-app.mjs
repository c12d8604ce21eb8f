// The floor of the Slack bench: a Bolt app that acknowledges every command and answers it with one constant block.
import bolt from '@slack/bolt';

const { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, PORT } = process.env;
const common = { token: SLACK_BOT_TOKEN, clientOptions: { slackApiUrl: SLACK_API_URL }, logLevel: 'error' };
const app = SLACK_APP_TOKEN
  ? new bolt.App({ ...common, appToken: SLACK_APP_TOKEN, socketMode: true })
  : new bolt.App({ ...common, signingSecret: SLACK_SIGNING_SECRET });

app.command('/eks', async ({ ack, respond }) => {
  await ack();
  const text = 'etcd is the key-value store that holds the state of a cluster.';
  await respond({ text, blocks: [{ type: 'section', text: { type: 'plain_text', text } }] });
});
await app.start(Number(PORT ?? 0));
process.on('SIGTERM', () => process.exit(0));
