import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../app/session';
import { CustomInputs } from '../../ui/custom/CustomInputs';
import { Failed, Loading } from '../../ui/States';
import { DayField } from '../../ui/dates/DateFields';
import { LineFields } from './LineFields';
import { PriceBuildUp } from './PriceBuildUp';
import { NEW_LINE, type Typed } from './content';
import { type BuildUp, buildUp, limitOf, sumOf } from './price';
import { type Product, authorityQuery, productsQuery } from './query';
import './quotes.css';

interface Props {
  currency: string;
  grade: string;
  tier: string;
}

/** The prices of the lines as they are typed. */
export function pricesOf(lines: Typed['lines'], products: readonly Product[]): (BuildUp | undefined)[] {
  return lines.map((line) => {
    const product = products.find(({ code }) => code === line?.product_code);
    if (!product) return undefined;
    return buildUp({ price: product.price, taxRate: product.tax_rate, quantity: line.quantity ?? '', discount: line.discount_percent ?? '' });
  });
}

/** Lines, dates and note of a quote, with the price as it builds up and how far one may go alone. */
export function QuoteFields({ currency, grade, tier }: Props) {
  const { t } = useTranslation();
  const { roles } = useMe();
  const products = useQuery(productsQuery);
  const authority = useQuery(authorityQuery);
  const lines = (Form.useWatch('lines') as Typed['lines'] | undefined) ?? [];
  if (products.error) return <Failed error={products.error} retry={() => void products.refetch()} />;
  if (!products.data) return <Loading rows={4} />;
  const prices = pricesOf(lines, products.data);
  const limit = authority.data ? limitOf(authority.data, roles, grade, tier) : undefined;
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      {limit === undefined ? null : <p className="soft">{t('quotes.limitHint', { limit, grade, tier: t(`quotes.tier.${tier}`, { defaultValue: tier }) })}</p>}
      <Form.List name="lines">
        {(rows, { add, remove }, { errors }) => (
          <div className="stack">
            {rows.map((row, at) => (
              <div className="quote-line" role="group" aria-label={t('quotes.line', { number: at + 1 })} key={row.key}>
                <LineFields at={row.name} number={at + 1} products={products.data} currency={currency} discount={lines[row.name]?.discount_percent ?? ''} price={prices[row.name]} limit={limit} />
                <Button
                  type="text"
                  className="quote-line-remove"
                  icon={<DeleteOutlined />}
                  disabled={rows.length === 1}
                  aria-label={t('quotes.removeLine', { number: at + 1 })}
                  onClick={() => remove(row.name)}
                />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add(NEW_LINE)}>{t('quotes.addLine')}</Button>
          </div>
        )}
      </Form.List>
      <PriceBuildUp of={sumOf(prices.filter((price) => price !== undefined), currency)} />
      <div className="row top">
        <Form.Item name="delivery_date" label={t('quotes.deliveryDate')} rules={required} className="grow"><DayField /></Form.Item>
        <Form.Item name="validity_days" label={t('quotes.validity')} extra={t('quotes.validityHint')} className="grow"><Input inputMode="numeric" suffix={t('quotes.days')} maxLength={3} /></Form.Item>
      </div>
      <Form.Item name="note" label={t('collections.note')}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      <CustomInputs resource="quote" />
    </>
  );
}
