const KINDS = {
  /** '17:00' */
  time: { hour: '2-digit', minute: '2-digit' },
  /** 'Tue' */
  weekday: { weekday: 'short' },
  /** 'Tue 3 March' */
  day: { weekday: 'short', day: 'numeric', month: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** By kind and zone: making one takes longer than all else that a short text needs. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as people of a time zone read it. */
export function localText(at: Date, timeZone: string, kind: keyof typeof KINDS): string {
  const key = `${kind} ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...KINDS[kind] });
  formats.set(key, format);
  return format.format(at);
}
