import { language } from '../../../i18n';
import { type Amount, money } from '../../../ui/format';

/** An amount as people say it: `20 万元`, `$5,000`. Nothing is rounded. */
export function said(of: Amount): string {
  if (!/^\d+(\.\d+)?$/.test(of.amount)) return of.amount;
  if (language() === 'en' || of.currency !== 'CNY') return money(of).replace(/\.0+$/, '');
  const [whole = '0', fraction = ''] = of.amount.split('.');
  if (whole.length <= 4) return `${trimmed(whole, fraction)} 元`;
  return `${trimmed(whole.slice(0, -4), whole.slice(-4) + fraction)} 万元`;
}

/** A whole number and its decimals without trailing zeros. */
function trimmed(whole: string, decimals: string): string {
  const kept = decimals.replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}
