/** 90000000 → `900000.00` */
export function yuanOf(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `900000.5` → 90000050; null for what is no amount. Never through floating point. */
export function fenOf(yuan: string): number | null {
  const found = /^(\d+)(?:\.(\d{1,2}))?$/.exec(yuan.trim());
  if (!found) return null;
  return Number(`${found[1]}${(found[2] ?? '').padEnd(2, '0')}`);
}
