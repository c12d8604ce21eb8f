/**
 * @typedef {import('../../markdown.js').Markup} Markup
 * @typedef {import('../../markdown.js').MarkupElement} Element
 * @typedef {import('../drawn.js').Drawn} Drawn
 * @typedef {import('../../../bot/reply.js').Reply} Reply
 * @typedef {import('../../../bot/reply.js').Field} Field
 */

/** What each tag of the tree becomes; nothing else is ever made from a message. */
const ELEMENTS = Object.freeze({
  p: 'p',
  h: 'h4',
  strong: 'strong',
  em: 'em',
  del: 'del',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  hr: 'hr',
  br: 'br',
  a: 'a',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  table: 'table',
  tr: 'tr',
  th: 'th',
  td: 'td',
});

/**
 * An element with properties and children; strings become text, never HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} properties @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** @param {readonly Markup[]} nodes @returns {(Node | string)[]} */
export function drawMarkup(nodes) {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    const children = drawMarkup(node.children);
    if (!Object.hasOwn(ELEMENTS, node.tag)) return make('span', {}, ...children);
    if (node.tag === 'a') return drawLink(node.href ?? '', children);
    if (node.tag === 'code') return drawBar(node) ?? make('code', {}, ...children);
    if (node.tag === 'ul') return make('ul', { className: hasOwnMarks(node) ? 'marked' : '' }, ...children);
    if (node.tag === 'ol') return make('ol', { start: node.start ?? 1 }, ...children);
    if (node.tag === 'table')
      return make('div', { className: 'wide', tabIndex: 0 }, make('table', {}, ...children));
    const tag = /** @type {keyof HTMLElementTagNameMap} */ (ELEMENTS[node.tag]);
    return make(tag, {}, ...children);
  });
}

/** A bar of blocks, as chats with text alone show it, and the words after it; undefined for any other code. @param {Element} code */
function drawBar({ children: [text = ''] }) {
  const [, full, empty, words] = (typeof text === 'string' && /^(█*)(░*)((?: [^█░]*)?)$/.exec(text)) || [];
  if (!full && !empty) return undefined;
  const cells = [...`${full}${empty}`].map((block) => make('i', { className: block === '█' ? 'full' : '' }));
  const bar = make('span', { className: 'bar' }, ...cells);
  bar.setAttribute('aria-hidden', 'true');
  return make('span', {}, bar, words ?? '');
}

/** True where each item begins with a letter or a number of its own, as options and places do. @param {Element} list */
function hasOwnMarks({ children }) {
  return children.every((item) => {
    const [first] = typeof item === 'string' ? [] : item.children;
    const line =
      typeof first === 'object' && first.tag === 'p'
        ? first.children
        : typeof item === 'object'
          ? item.children
          : [];
    const [mark] = typeof line[0] === 'string' && /^[✓✗] $/.test(line[0]) ? line.slice(1) : line;
    return (
      typeof mark === 'object' && mark.tag === 'strong' && /^(?:[A-Z]|[\d,]+)$/.test(String(mark.children[0]))
    );
  });
}

/** @param {string} href @param {(Node | string)[]} children */
function drawLink(href, children) {
  if (!/^(https?:|mailto:)/i.test(href)) return make('span', {}, ...children);
  return make('a', { href, title: href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children);
}

/** The parts of an answer that are read; what can be pressed comes from controls.js. @param {Reply} reply @param {Drawn} drawn */
export function drawBody({ title, fields = [], image }, drawn) {
  const parts = [];
  if (title) parts.push(make('h3', { className: 'title' }, title));
  if (drawn.text.length > 0) parts.push(make('div', { className: 'words' }, ...drawMarkup(drawn.text)));
  if (fields.length > 0) parts.push(drawFields(fields, drawn));
  if (image !== undefined && /^[A-Za-z0-9+/=]+$/.test(image.png)) {
    parts.push(
      make('img', { className: 'picture', alt: image.alt, src: `data:image/png;base64,${image.png}` }),
    );
  }
  return parts;
}

/** @param {readonly Field[]} fields @param {Drawn} drawn */
function drawFields(fields, drawn) {
  const pairs = fields.map(({ name }, at) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, ...drawMarkup(drawn.fields[at] ?? []))),
  );
  return make('dl', { className: 'fields' }, ...pairs);
}

/** @param {number} at */
export function drawTime(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  const words = today
    ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleString([], { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  return make('time', { dateTime: date.toISOString() }, words);
}
