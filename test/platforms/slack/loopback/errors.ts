import type { Json } from './world.js';

/** An answer of the Web API that refuses. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly more: Json = {},
  ) {
    super(code);
  }
}

/** A refusal whose reasons are listed as `response_metadata.messages`. */
export function invalid(code: 'invalid_arguments' | 'invalid_blocks', problems: readonly string[]): ApiError {
  return new ApiError(code, {
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}

/** Refusals that say that the bot sent what it should not have. */
export const FAULTS: readonly string[] = [
  'invalid_arguments',
  'invalid_blocks',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'view_too_large',
  'unknown_method',
  'missing_scope',
];
