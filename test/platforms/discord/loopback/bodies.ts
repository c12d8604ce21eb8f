import * as spec from 'discord-api-spec/zod';
import { type core, z } from 'zod';
import { commandListProblems, commandProblems } from './commandlimits.js';
import { type Problem, refusals } from './errors.js';
import { messageProblems, modalProblems } from './limits.js';
import { callbackShape, commandShape, messageShape, modalShape } from './shapes.js';
import { problemsOf } from './strict.js';

type Check = (body: unknown) => { refused: Problem[]; unknown: Problem[] };

const ANY_CALLBACK = z.object({ type: z.literal([1, 4, 5, 6, 7, 8, 9]) });
const CALLBACKS: Readonly<Record<number, core.$ZodType>> = {
  1: spec.PongInteractionCallbackRequestSchema,
  4: spec.CreateMessageInteractionCallbackRequestSchema,
  5: spec.CreateMessageInteractionCallbackRequestSchema,
  6: spec.UpdateMessageInteractionCallbackRequestSchema,
  7: spec.UpdateMessageInteractionCallbackRequestSchema,
  8: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  9: spec.ModalInteractionCallbackRequestSchema,
};
const MODAL = 9;

/** A schema, and what the documentation asks beyond it of a body that fits the schema. */
function check<Shape extends z.ZodType>(
  schema: core.$ZodType,
  shape: Shape,
  beyond: (body: z.infer<Shape>) => Problem[],
): Check {
  return (body) => {
    const { refused, unknown } = problemsOf(schema, body);
    const shaped = shape.safeParse(body);
    return { refused: refused.length === 0 && shaped.success ? beyond(shaped.data) : refused, unknown };
  };
}

function checkCallback(body: unknown): ReturnType<Check> {
  const type = callbackShape.safeParse(body).data?.type ?? 0;
  const schema = CALLBACKS[type] ?? ANY_CALLBACK;
  if (type === MODAL)
    return check(schema, z.looseObject({ data: modalShape }), ({ data }) => modalProblems(data))(body);
  return check(schema, z.looseObject({ data: messageShape.nullish() }), ({ data }) =>
    messageProblems(data ?? {}).map((problem) => ({ ...problem, path: ['data', ...problem.path] })),
  )(body);
}

const message = (schema: core.$ZodType) => check(schema, messageShape, messageProblems);

/** How each kind of body is checked. */
const CHECKS = {
  callback: checkCallback,
  followUp: message(spec.IncomingWebhookRequestPartialSchema),
  webhookEdit: message(spec.IncomingWebhookUpdateRequestPartialSchema),
  message: message(spec.MessageCreateRequestSchema),
  messageEdit: message(spec.MessageEditRequestPartialSchema),
  directMessage: check(spec.CreatePrivateChannelRequestSchema, z.unknown(), () => []),
  thread: check(spec.CreateTextThreadWithMessageRequestSchema, z.unknown(), () => []),
  command: check(spec.ApplicationCommandCreateRequestSchema, commandShape, commandProblems),
  commandEdit: check(spec.ApplicationCommandPatchRequestPartialSchema, z.unknown(), () => []),
  commands: check(
    z.array(spec.ApplicationCommandUpdateRequestSchema).max(130).nullable(),
    z.array(commandShape),
    commandListProblems,
  ),
} satisfies Record<string, Check>;

export type BodyKind = keyof typeof CHECKS;

/** Throws the refusal that Discord would answer; returns what Discord would ignore and the bot should not send. */
export function checkBody(kind: BodyKind, body: unknown): readonly Problem[] {
  const { refused, unknown } = CHECKS[kind](body);
  if (refused.length > 0) throw refusals.invalidForm(refused);
  return unknown;
}
