import { make } from './draw.js';

/** @typedef {import('../../../bot/reply.js').Option} Option */

/**
 * Boxes to tick, those under a heading folded away behind it. A folded heading says what is ticked below it, so that
 * all that is chosen is seen at once.
 * @param {readonly Option[]} options @param {readonly string[]} values
 */
export function drawGroups(options, values) {
  /** @type {Map<string | undefined, Option[]>} */
  const groups = new Map();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  const drawn = [...groups].map(([heading, some]) => drawGroup(heading, some, values));
  return {
    nodes: drawn.map(({ node }) => node),
    chosen: () => drawn.flatMap(({ boxes }) => boxes.filter((box) => box.checked).map((box) => box.value)),
  };
}

/** @param {string | undefined} heading @param {readonly Option[]} options @param {readonly string[]} values */
function drawGroup(heading, options, values) {
  const boxes = options.map(({ value }) =>
    make('input', { type: 'checkbox', value, checked: values.includes(value) }),
  );
  const rows = options.map(({ label, description }, at) => {
    const text = make('span', {}, label);
    if (description) text.append(make('small', {}, description));
    return make('label', { className: 'check' }, boxes[at] ?? '', text);
  });
  const list = make('div', { className: 'ticks', role: 'group', ariaLabel: heading ?? null }, ...rows);
  if (heading === undefined) return { node: list, boxes };
  const ticked = make('span', { className: 'ticked' });
  const summary = make('summary', {}, make('span', { className: 'heading' }, heading), ticked);
  const node = make('details', { className: 'group' }, summary, list);
  const say = () => {
    const labels = options.filter((_, at) => boxes[at]?.checked).map(({ label }) => label);
    ticked.textContent = labels.join(', ');
  };
  list.onchange = say;
  say();
  return { node, boxes };
}
