import type { EChartsCoreOption } from 'echarts/core';
import { Suspense, lazy } from 'react';

import { Loading } from './States';

/** The drawing part is fetched when the first chart is shown. */
const Drawing = lazy(() => import('./ChartDrawing'));

interface Props {
  option: EChartsCoreOption;
  /** What it shows, in one sentence; the figures stand in a table beside it. */
  label: string;
  height?: number;
}

export function Chart({ option, label, height = 260 }: Props) {
  return (
    <Suspense fallback={<Loading rows={5} />}>
      <Drawing option={option} label={label} height={height} />
    </Suspense>
  );
}
