import { expect, test } from 'vitest';

import { needOf } from './guard';
import { Problem, asProblem, problemOf } from './problem';

test('a problem keeps code, title, fields and trace', async () => {
  const fields = [{ field: 'reason', code: 'required', reason: '必填' }];
  const body = { code: 'invalid', title: '输入有误', errors: fields, trace_id: 'abc' };
  const problem = await problemOf(new Response(JSON.stringify(body), { status: 400 }));
  expect(problem).toMatchObject({ status: 400, code: 'invalid', title: '输入有误', fields, traceId: 'abc' });
});

test('an answer without a body is still a problem', async () => {
  expect(await problemOf(new Response('<html>', { status: 502 }))).toMatchObject({ status: 502, code: 'http_502', title: '', isPassing: true });
});

test('what passes by itself is told from what does not', () => {
  expect(new Problem(0, 'unreachable', '').isPassing).toBe(true);
  expect(new Problem(422, 'gate_closed', '').isPassing).toBe(false);
  expect(new Problem(412, 'changed_meanwhile', '').isStale).toBe(true);
  expect(asProblem(new TypeError('x')).code).toBe('console_error');
});

test('what is wrong with single fields is told from what is wrong with all', () => {
  const fields = [{ field: 'reason', code: 'required', reason: '必填' }];
  expect(new Problem(400, 'invalid_request', '请求内容有误', fields).isAboutFields).toBe(true);
  expect(new Problem(400, 'invalid_request', '请求内容有误').isAboutFields).toBe(false);
  expect(new Problem(422, 'gate_closed', '还不能推进', fields).isAboutFields).toBe(false);
});

test('a dialog is opened only where it helps', () => {
  expect(needOf(401, 'step_up_required', '/api/opportunities/1')).toBe('step_up');
  expect(needOf(401, 'unauthenticated', '/api/leads')).toBe('sign_in');
  expect(needOf(401, 'unauthenticated', '/api/session')).toBeNull();
  expect(needOf(403, 'forbidden', '/api/leads')).toBeNull();
});
