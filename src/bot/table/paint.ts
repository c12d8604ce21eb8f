import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { type Face, type Mark, SIGN_SIZE } from './blocks.js';
import { coverageOf } from './coverage.js';
import { type Layout, layOut } from './layout.js';
import type { Sign, Table } from './table.js';

/** Paints tables. */
export interface Painter {
  /** PNG bytes, the same for the same table; undefined where the fonts lack a character that it needs. */
  paint(table: Table): Promise<Buffer | undefined>;
}

/** Pixels for one of the layout: as many as screens have, unless the file would load slowly on a phone. */
const SCALES = [2, 1.5, 1];
const MOST_BYTES = 200_000;
const RADIUS = 10;
const PAPER = '#ffffff';
const EDGE = '#c9d1d9';

/** Names of our own, so that no font of the system takes the place of these. */
const FONTS = {
  regular: { family: 'Table Regular', file: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf' },
  bold: { family: 'Table Bold', file: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf' },
} as const satisfies Record<Face, object>;

/**
 * Loads canvas and fonts, which takes about a tenth of a second and 40 MB.
 * @throws Error where there is no canvas for the system
 */
export async function loadPainter(): Promise<Painter> {
  const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas');
  const { resolve } = createRequire(import.meta.url);
  const covers = await Promise.all(
    Object.values(FONTS).map(async ({ family, file }) => {
      const font = await readFile(resolve(file));
      if (GlobalFonts.register(font, family) === null) throw new Error(`the font ${file} cannot be used`);
      return coverageOf(font);
    }),
  );
  const canShow = (text: string) =>
    [...text].every((character) => covers.every((has) => has(character.codePointAt(0) ?? 0)));
  const ruler = createCanvas(1, 1).getContext('2d');
  const measureIn = (face: Face, size: number) => {
    const font = fontOf(face, size);
    return (text: string) => {
      if (ruler.font !== font) ruler.font = font;
      return ruler.measureText(text).width;
    };
  };
  return {
    async paint(table) {
      const layout = layOut(table, measureIn);
      if (!layout.marks.every((mark) => mark.kind !== 'text' || canShow(mark.text))) return undefined;
      let png: Buffer | undefined;
      for (const scale of SCALES) {
        const canvas = createCanvas(Math.ceil(layout.width * scale), Math.ceil(layout.height * scale));
        paintLayout(canvas.getContext('2d'), layout, scale);
        png = await canvas.encode('png');
        if (png.length <= MOST_BYTES) break;
      }
      return png;
    },
  };
}

function fontOf(face: Face, size: number): string {
  return `${size}px "${FONTS[face].family}"`;
}

function paintLayout(context: SKRSContext2D, { width, height, marks }: Layout, scale: number): void {
  context.scale(scale, scale);
  context.fillStyle = PAPER;
  context.fillRect(0, 0, width, height);
  for (const mark of marks) paintMark(context, mark);
  roundCorners(context, width, height);
}

/** Rounds the corners, beyond which the chat shows through, light or dark. */
function roundCorners(context: SKRSContext2D, width: number, height: number): void {
  context.globalCompositeOperation = 'destination-in';
  context.beginPath();
  context.roundRect(0, 0, width, height, RADIUS);
  context.fill();
  context.globalCompositeOperation = 'source-over';
  context.beginPath();
  context.roundRect(0.5, 0.5, width - 1, height - 1, RADIUS);
  context.strokeStyle = EDGE;
  context.lineWidth = 1;
  context.stroke();
}

function paintMark(context: SKRSContext2D, mark: Mark): void {
  if (mark.kind === 'sign') {
    paintSign(context, mark.sign, mark);
    return;
  }
  if (mark.kind === 'box') {
    context.beginPath();
    context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
    context.fillStyle = mark.fill;
    context.fill();
    return;
  }
  context.font = fontOf(mark.face, mark.size);
  context.fillStyle = mark.ink;
  context.textAlign = mark.align;
  context.textBaseline = 'middle';
  context.fillText(mark.text, mark.x, mark.y);
}

/** A tick, a half-filled circle or a cross: shapes that differ without their colours. */
function paintSign(
  context: SKRSContext2D,
  sign: Sign,
  { x, y, ink }: { readonly x: number; readonly y: number; readonly ink: string },
): void {
  const at = (part: number) => part * SIGN_SIZE;
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = 2.2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  if (sign === 'yes') {
    context.moveTo(x + at(0.1), y + at(0.55));
    context.lineTo(x + at(0.38), y + at(0.84));
    context.lineTo(x + at(0.92), y + at(0.18));
  } else if (sign === 'no') {
    context.moveTo(x + at(0.16), y + at(0.16));
    context.lineTo(x + at(0.84), y + at(0.84));
    context.moveTo(x + at(0.84), y + at(0.16));
    context.lineTo(x + at(0.16), y + at(0.84));
  } else {
    context.lineWidth = 1.7;
    context.arc(x + at(0.5), y + at(0.5), at(0.42), 0, 2 * Math.PI);
    context.stroke();
    context.beginPath();
    context.arc(x + at(0.5), y + at(0.5), at(0.42), Math.PI / 2, 1.5 * Math.PI);
    context.fill();
    return;
  }
  context.stroke();
}
