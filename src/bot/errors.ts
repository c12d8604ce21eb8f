/** An error that is the learner's to solve: its message is safe to show and says what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** What a person reads of a failure of ours: the id is the one in the log. */
export function somethingBroke(id: string): string {
  return `Something broke on our side (error ${id}). What you had answered before is kept. Please try again.`;
}
