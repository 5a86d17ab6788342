import { type FieldProblem, Problem } from '../../../api/problem';

/** What is said beside a field where the server's words alone would not do. */
interface Words {
  choice: (choice: string, reason: string) => string;
  taken: string;
}

/** A refusal as the form can show it: one of a choice stands beside the field that has them all, and a taken key beside the key. */
export function refusalOf(problem: Problem, choices: readonly string[], words: Words): Problem {
  const fields = problem.fields.map((one) => besideChoices(one, choices, words));
  // Nothing is wrong but the key: the form says so once, beside it.
  if (problem.code === 'custom_field_exists') return new Problem(problem.status, 'invalid_request', '', [{ field: 'key', code: 'taken', reason: words.taken }], problem.traceId);
  return new Problem(problem.status, problem.code, problem.title, fields, problem.traceId);
}

function besideChoices(one: FieldProblem, choices: readonly string[], { choice }: Words): FieldProblem {
  const at = /^choices\[(\d+)\]$/.exec(one.field)?.[1];
  return at === undefined ? one : { ...one, field: 'choices', reason: choice(choices[Number(at)] ?? '', one.reason) };
}
