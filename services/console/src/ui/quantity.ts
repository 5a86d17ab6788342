/** What a catalogue counts in, for readers of English: one, several. */
const ENGLISH: Readonly<Record<string, readonly [string, string]>> = {
  台: ['unit', 'units'], 个: ['piece', 'pieces'], 件: ['piece', 'pieces'], 只: ['piece', 'pieces'],
  套: ['set', 'sets'], 组: ['group', 'groups'], 批: ['lot', 'lots'], 项: ['item', 'items'],
  箱: ['box', 'boxes'], 卷: ['roll', 'rolls'], 张: ['sheet', 'sheets'], 次: ['time', 'times'],
  小时: ['hour', 'hours'], 天: ['day', 'days'], 月: ['month', 'months'], 年: ['year', 'years'],
  米: ['m', 'm'], 平方米: ['m²', 'm²'], 千克: ['kg', 'kg'], 公斤: ['kg', 'kg'], 吨: ['t', 't'], 升: ['L', 'L'],
};

/** `2 套`, `2 sets`. A unit that has no English here stays as the catalogue has it. */
export function quantity({ quantity: amount, unit }: { quantity: string; unit: string }, language: string): string {
  const english = language === 'en' ? ENGLISH[unit] : undefined;
  return `${amount} ${english?.[amount === '1' ? 0 : 1] ?? unit}`;
}
