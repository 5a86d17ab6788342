/** Heights of rows as they were drawn; they outlive the rows, which go and come back. */
export class Heights {
  private readonly measured = new Map<string, number>();
  /** What a row is taken for that has not been drawn yet: as high as the first that was. */
  usual: number;

  constructor(guess: number) {
    this.usual = guess;
  }

  of(key: string): number {
    return this.measured.get(key) ?? this.usual;
  }

  /** True when the row was taken for another height until now. */
  take(key: string, height: number): boolean {
    const before = this.of(key);
    if (this.measured.size === 0) this.usual = height;
    this.measured.set(key, height);
    return Math.abs(before - height) > 0.5;
  }
}

/** Where the rows of a list stand. */
export class Places {
  /** The top of each row, and behind the last one the end of the list. */
  private readonly tops: Float64Array;

  constructor(private readonly keys: readonly string[], private readonly heights: Heights) {
    this.tops = new Float64Array(keys.length + 1);
    this.moved();
  }

  /** After rows have turned out to be higher or lower. */
  moved(): void {
    this.keys.forEach((key, at) => {
      this.tops[at + 1] = (this.tops[at] ?? 0) + this.heights.of(key);
    });
  }

  get end(): number {
    return this.tops[this.keys.length] ?? 0;
  }

  top(row: number): number {
    return this.tops[Math.max(0, Math.min(row, this.keys.length))] ?? 0;
  }

  /** The row at a height. */
  at(height: number): number {
    let [low, high] = [0, Math.max(0, this.keys.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.tops[middle] ?? 0) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
