/** An error that is the learner's to solve: its message is safe to show and says what to do. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
