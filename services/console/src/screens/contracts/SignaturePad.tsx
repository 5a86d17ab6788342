import { Button } from 'antd';
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Point, SHEET, type Stroke, begunAt, drawnTo, onSheet, pathOf, steppedBy } from './strokes';

interface Props {
  onChange?: (path: string) => void;
}

const INK = '#12305f';
const MIDDLE: Point = { x: SHEET.width / 4, y: SHEET.height / 2 };

function paint(canvas: HTMLCanvasElement, strokes: readonly Stroke[], pen: Point | null): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.save();
  context.scale(canvas.width / SHEET.width, canvas.height / SHEET.height);
  context.strokeStyle = INK;
  context.lineWidth = 2.4;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(new Path2D(pathOf(strokes)));
  if (pen) {
    context.fillStyle = INK;
    context.fillRect(pen.x - 3, pen.y - 3, 6, 6);
  }
  context.restore();
}

/** A sheet to sign on with pen, finger or mouse; with the keyboard, arrows move the pen and the space bar puts it down. */
export function SignaturePad({ onChange }: Props) {
  const { t } = useTranslation();
  const help = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [pen, setPen] = useState<{ at: Point; down: boolean } | null>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, strokes, pen?.at ?? null);
  }, [strokes, pen]);
  const change = (next: readonly Stroke[]) => {
    setStrokes(next);
    onChange?.(pathOf(next));
  };
  const at = (event: PointerEvent<HTMLCanvasElement>) => onSheet({ x: event.clientX, y: event.clientY }, event.currentTarget.getBoundingClientRect());
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    setPen(null);
    change(begunAt(strokes, at(event)));
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (drawing.current) change(drawnTo(strokes, at(event)));
  };
  const press = (event: KeyboardEvent) => {
    const now = pen ?? { at: MIDDLE, down: false };
    if (event.key === ' ') {
      event.preventDefault();
      if (!now.down) setStrokes(begunAt(strokes, now.at));
      setPen({ ...now, down: !now.down });
      return;
    }
    const to = steppedBy(event.key, now.at, event.shiftKey);
    if (!to) return;
    event.preventDefault();
    setPen({ ...now, at: to });
    if (now.down) change(drawnTo(strokes, to));
  };
  return (
    <div>
      <canvas
        ref={canvas}
        className="pad"
        width={SHEET.width * 2}
        height={SHEET.height * 2}
        tabIndex={0}
        role="application"
        aria-label={t('contracts.sign.pad')}
        aria-describedby={help}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={() => { drawing.current = false; }}
        onPointerCancel={() => { drawing.current = false; }}
        onKeyDown={press}
        onFocus={(event) => { if (event.currentTarget.matches(':focus-visible')) setPen({ at: MIDDLE, down: false }); }}
        onBlur={() => setPen(null)}
      />
      <div className="row spread">
        <span id={help} className="soft">{t('contracts.sign.help')}</span>
        <Button size="small" type="text" disabled={strokes.length === 0} onClick={() => change([])}>{t('form.clear')}</Button>
      </div>
    </div>
  );
}
