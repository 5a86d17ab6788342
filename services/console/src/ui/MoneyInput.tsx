import { Input } from 'antd';
import type { ComponentProps } from 'react';

const SIGNS: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', HKD: 'HK$', JPY: '¥' };

interface Props extends Omit<ComponentProps<typeof Input>, 'onChange' | 'value'> {
  currency: string;
  value?: string;
  onChange?: (value: string) => void;
}

/** An amount as text: what is typed is what is sent, never rounded. Separators and blanks are left out. */
export function MoneyInput({ currency, value, onChange, ...rest }: Props) {
  return (
    <Input
      {...rest}
      inputMode="decimal"
      prefix={<span className="soft">{SIGNS[currency] ?? currency}</span>}
      value={value ?? ''}
      onChange={(event) => onChange?.(plainAmount(event.target.value))}
    />
  );
}

/** `1，234.50 ` → `1234.50` */
export function plainAmount(typed: string): string {
  return typed.replace(/[,，\s]/g, '').replace(/[。]/g, '.');
}
