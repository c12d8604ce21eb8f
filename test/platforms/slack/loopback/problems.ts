import { type core, z } from 'zod';

/** The schema's own limits as refusals in Slack's words, such as `must be less than 76 characters [json-pointer:/blocks/0]`. */
export function problemsOf(schema: z.ZodType, value: unknown, pointer: string): string[] {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => worded(issue, pointer));
}

/** One problem at one place of a JSON value. */
export function problemAt(pointer: string, message: string): string {
  return `${message} [json-pointer:${pointer}]`;
}

function worded(issue: core.$ZodIssue, base: string): string[] {
  const here = [base, ...issue.path.map(String)].join('/');
  const parent = [base, ...issue.path.slice(0, -1).map(String)].join('/');
  const field = String(issue.path.at(-1) ?? base);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => problemAt(here, `invalid additional property: ${key}`));
    case 'too_big':
      return [problemAt(here, tooBig(issue.origin, Number(issue.maximum)))];
    case 'too_small':
      return [problemAt(here, tooSmall(issue.origin, Number(issue.minimum)))];
    case 'invalid_union':
      return [problemAt(here, `unsupported type: ${typeOf(issue.input)}`)];
    case 'invalid_type':
      return issue.input === undefined
        ? [problemAt(parent, `missing required field: ${field}`)]
        : [problemAt(here, `must provide a ${issue.expected}`)];
    case 'custom':
      return [problemAt(here, issue.message)];
    default:
      return [problemAt(here, `must be a valid value: ${issue.message}`)];
  }
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `must be less than ${maximum + 1} characters`;
  if (origin === 'array') return `no more than ${maximum} items allowed`;
  return `must be less than or equal to ${maximum}`;
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return `must be more than ${minimum - 1} characters`;
  if (origin === 'array') return `no fewer than ${minimum} items allowed`;
  return `must be greater than or equal to ${minimum}`;
}

const Typed = z.looseObject({ type: z.string() });

const typeOf = (value: unknown) => Typed.safeParse(value).data?.type ?? 'none';
