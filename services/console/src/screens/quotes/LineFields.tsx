import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { bilingual } from '../../ui/bilingual';
import { money } from '../../ui/format';
import { exact } from './exact';
import { type BuildUp, isBeyond } from './price';
import type { Product } from './query';

interface Props {
  at: number;
  number: number;
  products: readonly Product[];
  currency: string;
  discount: string;
  price: BuildUp | undefined;
  limit: string | undefined;
}

/** One line: what, how much, at which discount, and what comes out. */
export function LineFields({ at, number, products, currency, discount, price, limit }: Props) {
  const { t } = useTranslation();
  const decimal = { validator: (_: unknown, typed?: string) => (exact(typed || '0') ? Promise.resolve() : Promise.reject(new Error(t('quotes.decimal')))) };
  const required = { required: true, message: t('form.required') };
  const options = products
    .filter((product) => product.price.currency === currency)
    .map((product) => ({ value: product.code, label: `${bilingual({ zh: product.name_zh, en: product.name_en })} · ${product.code}` }));
  const beyond = limit !== undefined && isBeyond(discount, limit);
  return (
    <>
      <Form.Item name={[at, 'product_code']} label={t('quotes.product')} rules={[required]} className="quote-line-product">
        <Select showSearch={{ optionFilterProp: 'label' }} placeholder={t('quotes.choose')} options={options} aria-label={`${t('quotes.product')} ${number}`} />
      </Form.Item>
      <Form.Item name={[at, 'quantity']} label={t('quotes.quantity')} rules={[required, decimal]} className="quote-line-number">
        <Input inputMode="decimal" aria-label={`${t('quotes.quantity')} ${number}`} />
      </Form.Item>
      <Form.Item name={[at, 'discount_percent']} label={t('quotes.discount')} rules={[decimal]} className="quote-line-number" {...(beyond ? { extra: <span className="warn">{t('quotes.beyond', { limit })}</span> } : {})}>
        <Input inputMode="decimal" suffix="%" aria-label={`${t('quotes.discount')} ${number}`} />
      </Form.Item>
      <div className="quote-line-net">
        <span className="soft">{t('quotes.net')}</span>
        <b className="num">{price ? money(price.net) : '—'}</b>
      </div>
    </>
  );
}
