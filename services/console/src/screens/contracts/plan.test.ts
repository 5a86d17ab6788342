import { expect, test } from 'vitest';

import { USUAL_PLAN, planOf, sumOfPlan, typedPlan } from './plan';

test('the usual plan is whole and survives being typed', () => {
  expect(sumOfPlan(USUAL_PLAN)).toBe(100);
  expect(planOf(typedPlan([{ kind: 'net_30', percent: 40, days: 45 }]))).toEqual([{ kind: 'net_30', percent: 40, days: 45 }]);
});

test('half typed parts count as nothing', () => {
  expect(sumOfPlan([undefined, { percent: '' }, { percent: '3x' }, { percent: '7' }])).toBe(7);
});
