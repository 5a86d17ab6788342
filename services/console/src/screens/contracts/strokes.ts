/** A signature is drawn on a sheet of this size, whatever the size on the screen. */
export const SHEET = { width: 600, height: 200 } as const;

export interface Point {
  x: number;
  y: number;
}

export type Stroke = readonly Point[];

/** Points nearer than this add nothing to what is seen. */
const NEAREST = 1.5;
const STEP = 6;

const inside = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value * 10) / 10));

/** A point of the sheet, from where the pointer is on the element. */
export function onSheet(at: Point, box: { left: number; top: number; width: number; height: number }): Point {
  return { x: inside(((at.x - box.left) / box.width) * SHEET.width, SHEET.width), y: inside(((at.y - box.top) / box.height) * SHEET.height, SHEET.height) };
}

/** The strokes with one more point on the last of them. */
export function drawnTo(strokes: readonly Stroke[], point: Point): readonly Stroke[] {
  const last = strokes.at(-1);
  const end = last?.at(-1);
  if (!last || !end) return [...strokes, [point]];
  if (Math.hypot(point.x - end.x, point.y - end.y) < NEAREST) return strokes;
  return [...strokes.slice(0, -1), [...last, point]];
}

export const begunAt = (strokes: readonly Stroke[], point: Point): readonly Stroke[] => [...strokes, [point]];

const DIRECTIONS: Record<string, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

/** Where an arrow key takes the pen; undefined for other keys. */
export function steppedBy(key: string, from: Point, far: boolean): Point | undefined {
  const to = DIRECTIONS[key];
  const size = far ? STEP * 4 : STEP;
  return to && { x: inside(from.x + to.x * size, SHEET.width), y: inside(from.y + to.y * size, SHEET.height) };
}

/** The `d` of an SVG path; empty when no line was drawn. A tap draws nothing. */
export function pathOf(strokes: readonly Stroke[]): string {
  return strokes
    .filter((stroke) => stroke.length > 1)
    .map(([first, ...rest]) => `M${first?.x} ${first?.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`)
    .join('');
}
