import type { Page } from 'playwright-core';

/** What stands out too little from the ground behind it: text below 4.5 to 1, the edge of a field below 3 to 1. */
export function faintParts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string) => {
      const [r = 0, g = 0, b = 0] = channels(colour)
        .map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (node: Element | null): string => {
      const colour = node ? getComputedStyle(node).backgroundColor : 'rgb(255, 255, 255)';
      return node === null || channels(colour)[3] !== 0 ? colour : groundOf(node.parentElement);
    };
    const ratio = (a: string, b: string) => {
      const [dark = 0, bright = 0] = [light(a), light(b)].sort((x, y) => x - y);
      return (bright + 0.05) / (dark + 0.05);
    };
    const seen = [...document.body.querySelectorAll('*')].filter(
      (node) => node.checkVisibility() && !node.matches(':disabled, .hidden'),
    );
    return seen.flatMap((node) => {
      const ground = groundOf(node);
      const style = getComputedStyle(node);
      const hasText = [...node.childNodes].some((child) => child instanceof Text && child.data.trim() !== '');
      const isField = node.matches('input:not([type=checkbox]), textarea, select');
      const checks: [string, string, string, number][] = [
        ...(hasText || isField
          ? [['text', style.color, ground, 4.5] satisfies [string, string, string, number]]
          : []),
        ...(isField
          ? [
              ['edge', style.borderTopColor, groundOf(node.parentElement), 3] satisfies [
                string,
                string,
                string,
                number,
              ],
              ['placeholder', getComputedStyle(node, '::placeholder').color, ground, 4.5] satisfies [
                string,
                string,
                string,
                number,
              ],
            ]
          : []),
      ];
      return checks
        .filter(([, colour, behind, least]) => ratio(colour, behind) < least)
        .map(
          ([part, colour, behind]) => `${part} of ${node.tagName}.${node.className}: ${colour} on ${behind}`,
        );
    });
  });
}
