import type { Table } from './table/table.js';

/**
 * What a command returns: no platform's words, drawn by each platform in its own way. What is called `text` is
 * Markdown; all else is shown as it stands, so that a term such as '__init__' can be a title.
 */
export interface Reply {
  readonly title?: string;
  readonly text: string;
  readonly fields?: readonly Field[];
  readonly image?: Image;
  /** A table that `text` holds too, for a platform that would rather show it as a picture. */
  readonly table?: Table;
  readonly buttons?: readonly Button[];
  readonly selects?: readonly Select[];
  readonly form?: Form;
  /** Who sees it: everybody in the channel, or only the learner who asked. */
  readonly visibility: 'public' | 'private';
  /** True: takes the place of the message whose button was pressed, rather than following it. */
  readonly replaces?: boolean;
  /** Where a platform shows a long reply in pages: the one to show, from 0. */
  readonly page?: number;
}

export interface Field {
  readonly name: string;
  readonly text: string;
}

export interface Image {
  /** Says what the picture shows, for who cannot see it. */
  readonly alt: string;
  /** PNG bytes, base64. */
  readonly png: string;
}

export interface Button {
  readonly label: string;
  /** Encoded press; see press.ts. At most 100 characters. */
  readonly press: string;
  readonly style?: 'primary' | 'secondary' | 'success' | 'danger';
}

/** One of the options is chosen, which presses; several are a form's (`choices`). */
export interface Select {
  readonly label: string;
  readonly press: string;
  readonly options: readonly Option[];
}

export interface Option {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  /** The heading that it stands under in a form. */
  readonly group?: string;
}

/** Asked of the learner in one go: a modal where the platform has one. */
export interface Form {
  readonly title: string;
  readonly press: string;
  readonly submit: string;
  readonly inputs: readonly Input[];
}

export type Input = AnswerInput | ChoicesInput;

/** Takes one answer: words, a number, or one of the options. */
export interface AnswerInput {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'longtext' | 'number' | 'choice';
  readonly value?: string;
  readonly required?: boolean;
  readonly maximumLength?: number;
  readonly options?: readonly Option[];
  readonly hint?: string;
}

/** Takes any number of options, also none. */
export interface ChoicesInput {
  readonly name: string;
  readonly label: string;
  readonly kind: 'choices';
  readonly options: readonly Option[];
  /** The values that are chosen at first. */
  readonly values: readonly string[];
  readonly hint?: string;
}
