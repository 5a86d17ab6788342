/**
 * Idempotency keys of one form or button.
 *
 * A write whose fate is unknown keeps its key, so that sending the same again cannot do it twice; anything else gets a
 * new one.
 */
export class KeyKeeper {
  private undecided: { what: string; key: string } | null = null;

  constructor(private readonly fresh: () => string = () => crypto.randomUUID()) {}

  keyFor(content: unknown): string {
    const what = JSON.stringify(content) ?? '';
    if (this.undecided?.what === what) return this.undecided.key;
    const key = this.fresh();
    this.undecided = { what, key };
    return key;
  }

  /** The server has answered: the next write is another one. */
  decided(): void {
    this.undecided = null;
  }
}
