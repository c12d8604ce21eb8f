import type { Json } from './world.js';

/** Refusals that say that the bot sent what it should not have. */
const FAULTS: readonly string[] = [
  'invalid_arguments',
  'invalid_blocks',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'view_too_large',
  'unknown_method',
  'missing_scope',
];

/** An answer of the Web API that refuses; `isFault`: for what the bot should not have sent. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly more: Json = {},
    readonly isFault = FAULTS.includes(code),
  ) {
    super(code);
  }
}

/** A refusal whose reasons are listed as `response_metadata.messages`. */
export function invalid(
  code: 'invalid_arguments' | 'invalid_blocks',
  problems: readonly string[],
  isFault = true,
): ApiError {
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  return new ApiError(code, { response_metadata: { messages } }, isFault);
}
