import { expect, test } from 'vitest';

import { SHEET, type Stroke, begunAt, drawnTo, onSheet, pathOf, steppedBy } from './strokes';

test('the pointer is put onto the sheet, whatever its size on the screen', () => {
  expect(onSheet({ x: 150, y: 60 }, { left: 0, top: 10, width: 300, height: 100 })).toEqual({ x: 300, y: 100 });
  expect(onSheet({ x: -5, y: 999 }, { left: 0, top: 0, width: 300, height: 100 })).toEqual({ x: 0, y: SHEET.height });
});

test('strokes become one path, and points that nobody sees are left out', () => {
  let strokes: readonly Stroke[] = begunAt([], { x: 1, y: 2 });
  strokes = drawnTo(strokes, { x: 1.2, y: 2 });
  strokes = drawnTo(strokes, { x: 9, y: 2 });
  strokes = drawnTo(begunAt(strokes, { x: 20, y: 20 }), { x: 30.5, y: 20 });
  expect(pathOf(strokes)).toBe('M1 2L9 2M20 20L30.5 20');
});

test('a tap is no signature', () => {
  expect(pathOf(begunAt([], { x: 1, y: 1 }))).toBe('');
});

test('arrow keys move the pen within the sheet', () => {
  expect(steppedBy('ArrowRight', { x: 0, y: 0 }, false)).toEqual({ x: 6, y: 0 });
  expect(steppedBy('ArrowUp', { x: 0, y: 0 }, true)).toEqual({ x: 0, y: 0 });
  expect(steppedBy('a', { x: 0, y: 0 }, false)).toBeUndefined();
});
