import type { Reply } from '../bot/reply.js';

/** Of how many replies the drawing is kept, and how long their title, text and fields may be together. */
const KEPT = { replies: 300, characters: 8_000 };

type Words = Pick<Reply, 'title' | 'text' | 'fields' | 'visibility'>;

/**
 * Draws the title, text and fields of a reply. Of what all may see the latest drawings are kept, for many ask for the
 * same and drawing takes longer than all else; what is private is drawn anew.
 */
export function keepingDrawings<T>(draw: (reply: Words) => T): (reply: Words) => T {
  const drawings = new Map<string, T>();
  return (reply) => {
    if (reply.visibility === 'private') return draw(reply);
    const key = JSON.stringify([reply.title, reply.text, reply.fields]);
    const drawing = drawings.get(key) ?? draw(reply);
    // The one that was asked for last stands last.
    drawings.delete(key);
    if (key.length <= KEPT.characters) drawings.set(key, drawing);
    const [oldest] = drawings.keys();
    if (drawings.size > KEPT.replies && oldest !== undefined) drawings.delete(oldest);
    return drawing;
  };
}
