/** What keeps the database from being used; the message is safe to show and says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
