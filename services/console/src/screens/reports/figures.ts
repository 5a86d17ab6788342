import type { EChartsCoreOption } from 'echarts/core';

const INK = '#525c6b';
const LINE = '#e8ebef';
export const BLUE = '#3b6ae0';
export const LIGHT = '#a9c0f5';

export interface Series {
  name: string;
  colour: string;
  values: readonly (number | null)[];
}

interface Bars {
  categories: readonly string[];
  series: readonly Series[];
  /** How a figure is said in the tooltip and on the axis. */
  say: (value: number) => string;
  /** Where the axis has its lines, and how they are said; else as the figures are. */
  axis?: { interval: number; max: number; say: (value: number) => string };
  /** Bars lie, the first on top. */
  lying?: boolean;
}

/** A chart of bars with thin lines and no decoration. */
export function bars({ categories, series, say, axis, lying = false }: Bars): EChartsCoreOption {
  const names = { type: 'category', data: [...categories], inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } }, axisLabel: lying ? { color: INK } : { color: INK, interval: 0, width: 92, overflow: 'break' } };
  const values = { type: 'value', splitLine: { lineStyle: { color: LINE } }, axisLabel: { color: INK, formatter: axis?.say ?? say }, ...(axis ? { interval: axis.interval, max: axis.max } : {}) };
  return {
    grid: { left: 8, right: 40, top: series.length > 1 ? 34 : 12, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => (typeof value === 'number' ? say(value) : '—') },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 18, textStyle: { color: INK } } } : {}),
    [lying ? 'yAxis' : 'xAxis']: names,
    [lying ? 'xAxis' : 'yAxis']: values,
    series: series.map(({ name, colour, values: data }) => ({
      type: 'bar', name, data: [...data], itemStyle: { color: colour, borderRadius: 2 }, barMaxWidth: 26,
      label: { show: series.length === 1, position: lying ? 'right' : 'top', color: INK, formatter: ({ value }: { value: number }) => say(value) },
    })),
  };
}

/** A share in percent, to be drawn; nothing when there is nothing to share. */
export function shareOf(part: number, of: number): number | null {
  return of === 0 ? null : part / of;
}

/** How much of one step is left at the next; the first has no step before. */
export function kept(steps: readonly { leads: number }[]): (number | null)[] {
  return steps.map(({ leads }, at) => {
    const before = steps[at - 1];
    return before === undefined ? null : shareOf(leads, before.leads);
  });
}
