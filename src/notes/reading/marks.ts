/** A bullet or number, the indent before it, and what follows it. */
export const BULLET = /^(\s*)(?:([-*+•◦▪●])|(\d{1,3})[.)])(?:\s+|$)(.*)$/;

/** A line across the page. */
export const RULE = /^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;

/** A heading with hashes. */
export const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
