import type { Problem } from './errors.js';
import { allComponents, type Component, type Embed, type MessageBody, type Modal } from './shapes.js';

/** Flag of a message made of components only. */
export const COMPONENTS_V2 = 32768;
/** Flag of a message that only one person sees. */
export const EPHEMERAL = 64;
/** Flag of a message that says "thinking…" until the bot fills it. */
export const LOADING = 128;

const EMBEDS_TOGETHER = 6000;
const COMPONENTS_TOGETHER = 40;
const TEXT_TOGETHER = 4000;
const ROWS = 5;
const BUTTONS_IN_ROW = 5;
const ROW = 1;
const BUTTON = 2;
const LINK = 5;
const TEXT_DISPLAY = 10;
const SELECTS: readonly number[] = [3, 5, 6, 7, 8];

/** What Discord's documentation forbids in a message and its machine-readable description does not. */
export function messageProblems(body: MessageBody): Problem[] {
  const v2 = ((body.flags ?? 0) & COMPONENTS_V2) !== 0;
  const components = body.components ?? [];
  return [
    ...embedProblems(body.embeds ?? []),
    ...(v2 ? legacyProblems(body) : rowProblems(components)),
    ...componentProblems(components),
    ...mentionProblems(body),
  ];
}

/** What Discord's documentation forbids in a modal and its machine-readable description does not. */
export function modalProblems(modal: Modal): Problem[] {
  return componentProblems(modal.components).map((problem) => ({
    ...problem,
    path: ['data', ...problem.path],
  }));
}

const isBlank = (text: string | null | undefined) => typeof text === 'string' && text.trim() === '';

function embedProblems(embeds: readonly Embed[]): Problem[] {
  const blank = embeds.flatMap((embed, at) =>
    (embed.fields ?? []).flatMap((field, index) =>
      (['name', 'value'] as const)
        .filter((key) => isBlank(field[key]))
        .map((key) => required('embeds', at, 'fields', index, key)),
    ),
  );
  const size = embeds.reduce((sum, embed) => sum + embedSize(embed), 0);
  if (size <= EMBEDS_TOGETHER) return blank;
  const last = embeds.length - 1;
  return [
    ...blank,
    problem(
      'MAX_EMBED_SIZE_EXCEEDED',
      `Embed size exceeds maximum size of ${EMBEDS_TOGETHER}`,
      'embeds',
      last,
    ),
  ];
}

function embedSize(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap(({ name, value }) => [name, value]);
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields];
  return texts.reduce((sum, text) => sum + (text?.trim().length ?? 0), 0);
}

function legacyProblems(body: MessageBody): Problem[] {
  const message = 'The MessageFlags.IS_COMPONENTS_V2 flag forbids this field.';
  return [
    ...(body.content ? ['content'] : []),
    ...(body.embeds && body.embeds.length > 0 ? ['embeds'] : []),
  ].map((key) => problem('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message, key));
}

function rowProblems(components: readonly Component[]): Problem[] {
  const notRows = components.flatMap(({ type }, index) =>
    type === ROW
      ? []
      : [problem('UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).', 'components', index)],
  );
  const message = `Must be ${ROWS} or fewer in length.`;
  return components.length > ROWS
    ? [...notRows, problem('BASE_TYPE_MAX_LENGTH', message, 'components')]
    : notRows;
}

function componentProblems(components: readonly Component[]): Problem[] {
  const all = allComponents(components);
  const texts = all.filter(({ type }) => type === TEXT_DISPLAY);
  const length = texts.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  return [
    ...(all.length > COMPONENTS_TOGETHER
      ? [
          problem(
            'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
            'The total number of components exceeds 40',
            'components',
          ),
        ]
      : []),
    ...(length > TEXT_TOGETHER
      ? [problem('COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', 'Displayable text exceeds 4000', 'components')]
      : []),
    ...located(components, ['components'], new Set()),
  ];
}

/** Problems of each component, with its path; `seen` are the custom ids so far. */
function located(
  components: readonly Component[],
  path: readonly PropertyKey[],
  seen: Set<string>,
): Problem[] {
  return components.flatMap((component, index) => componentAt(component, [...path, index], seen));
}

function componentAt(component: Component, path: readonly PropertyKey[], seen: Set<string>): Problem[] {
  return [
    ...duplicateId(component, path, seen),
    ...(component.type === ROW ? widthProblems(component, path) : []),
    ...(component.type === BUTTON ? buttonProblems(component, path) : []),
    ...optionProblems(component, path),
    ...located(component.components ?? [], [...path, 'components'], seen),
    ...(component.component ? componentAt(component.component, [...path, 'component'], seen) : []),
    ...(component.accessory ? componentAt(component.accessory, [...path, 'accessory'], seen) : []),
  ];
}

function duplicateId(component: Component, path: readonly PropertyKey[], seen: Set<string>): Problem[] {
  const id = component.custom_id;
  if (!id) return [];
  if (!seen.has(id)) {
    seen.add(id);
    return [];
  }
  const message = 'Component custom id cannot be duplicated';
  return [problem('COMPONENT_CUSTOM_ID_DUPLICATED', message, ...path, 'custom_id')];
}

function widthProblems(row: Component, path: readonly PropertyKey[]): Problem[] {
  const width = (row.components ?? []).reduce(
    (sum, { type }) => sum + (SELECTS.includes(type) ? BUTTONS_IN_ROW : 1),
    0,
  );
  const message = 'The specified component exceeds the maximum width';
  return width > BUTTONS_IN_ROW
    ? [problem('COMPONENT_LAYOUT_WIDTH_EXCEEDED', message, ...path, 'components', BUTTONS_IN_ROW)]
    : [];
}

function buttonProblems(button: Component, path: readonly PropertyKey[]): Problem[] {
  const isLink = button.style === LINK;
  const emoji = button['emoji'];
  return [
    ...(isLink && !button.url
      ? [problem('BUTTON_COMPONENT_URL_REQUIRED', 'A url is required', ...path)]
      : []),
    ...(!isLink && !button.custom_id
      ? [problem('BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required', ...path)]
      : []),
    ...(isBlank(button.label ?? '') && !emoji
      ? [problem('BUTTON_COMPONENT_LABEL_REQUIRED', 'A label or an emoji is required', ...path)]
      : []),
  ];
}

function optionProblems({ options, ...select }: Component, path: readonly PropertyKey[]): Problem[] {
  if (!options) return [];
  const values = options.map(({ value }) => value);
  const twice = values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [
          problem(
            'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
            'The specified option value is already used',
            ...path,
            'options',
            index,
            'value',
          ),
        ]
      : [],
  );
  const most = select.max_values ?? 1;
  const least = select.min_values ?? 1;
  const preset = options.filter((option) => option.default === true).length;
  const message = `${least} to ${most} of ${options.length} options cannot be chosen`;
  return [
    ...twice,
    ...(most > options.length || least > most
      ? [problem('SELECT_COMPONENT_MAX_VALUES_OUT_OF_RANGE', message, ...path, 'max_values')]
      : []),
    ...(preset > most
      ? [problem('SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS', 'Too many default options', ...path, 'options')]
      : []),
  ];
}

function mentionProblems({ allowed_mentions: allowed }: MessageBody): Problem[] {
  if (!allowed) return [];
  const lists = (['parse', 'users', 'roles'] as const).map((key) => ({ key, list: allowed[key] ?? [] }));
  const twice = lists.filter(({ list }) => new Set(list).size < list.length);
  const both = (['users', 'roles'] as const).filter(
    (key) => allowed.parse?.includes(key) && (allowed[key]?.length ?? 0) > 0,
  );
  return [
    ...twice.map(({ key }) =>
      problem(
        'SET_TYPE_ALREADY_CONTAINS_VALUE',
        'The set already contains this value',
        'allowed_mentions',
        key,
      ),
    ),
    ...both.map((key) =>
      problem(
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`,
        'allowed_mentions',
      ),
    ),
  ];
}

function required(...path: readonly PropertyKey[]): Problem {
  return problem('BASE_TYPE_REQUIRED', 'This field is required', ...path);
}

function problem(code: string, message: string, ...path: readonly PropertyKey[]): Problem {
  return { path, code, message };
}
