/** One thing that is wrong or missing in a request. */
export interface FieldProblem {
  field: string;
  code: string;
  reason: string;
  remedy?: string;
}

/** A refusal or failure, as the server says it (RFC 9457) or as the network causes it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly traceId?: string,
  ) {
    super(title);
    this.name = 'Problem';
  }

  /** The server was not reached: nobody knows whether the request arrived. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }

  /** Trying the same again can succeed. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** Its title says only that something is wrong, and its fields say what. */
  get isAboutFields(): boolean {
    return this.code === 'invalid_request' && this.fields.length > 0;
  }

  get isStale(): boolean {
    return this.status === 412 || this.code === 'changed_meanwhile';
  }
}

/** The problem that a response tells of; the title stays empty when it says none. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof said[name] === 'string' ? (said[name] as string) : '');
  const fields = Array.isArray(said.errors) ? (said.errors as FieldProblem[]) : [];
  return new Problem(response.status, text('code') || `http_${response.status}`, text('title'), fields, text('trace_id'));
}

/** Anything that was thrown, as a problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem(-1, 'console_error', thrown instanceof Error ? thrown.message : String(thrown));
}
