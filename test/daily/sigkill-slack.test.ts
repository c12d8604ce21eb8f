import { onTestFinished, test } from 'vitest';
import { processes } from '../house/process.js';
import { startSlack } from '../platforms/slack/loopback/slack.js';
import { type Channel, surviveKills } from './lives.js';

const house = processes('sigkill-slack');

async function newChannel(): Promise<Channel> {
  // New processes on a busy machine may need long for their first answer; how long is not what is tested here.
  const slack = await startSlack({ answerMs: 30_000, triggerMs: 30_000, patienceMs: 60_000 });
  onTestFinished(() => slack.close());
  const workspace = slack.workspace();
  const channel = workspace.channel();
  const admin = workspace.person({ name: 'boss', admin: true }).in(channel);
  return {
    environment: {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: workspace.token,
      SLACK_APP_TOKEN: slack.appToken,
    },
    requests: { post: 'POST chat.postMessage', edit: 'POST chat.update', find: 'POST conversations.history' },
    setUp: () => admin.runs('/eks daily set time=12:00 days=daily zone=UTC open=1h'),
    messages: () => slack.messagesIn(channel).map(({ text }) => text),
    minutesPass: () => {},
    violations: () => slack.violations,
  };
}

test('on Slack, the process killed by SIGKILL at steps of a post and of its reveal has posted once and revealed in the end', async () => {
  await surviveKills(house, newChannel);
}, 600_000);
