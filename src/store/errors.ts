/** What keeps the database from being used; the message is safe to show and says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** The database is missing, or of an earlier version; the next start of the bot puts that right. */
export class NotReadyError extends StoreError {}
