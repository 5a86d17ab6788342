import { useTranslation } from 'react-i18next';

import type { Amount } from '../../ui/format';
import { Money } from '../../ui/Values';

interface Props {
  of: { list: Amount; discount: Amount; net: Amount; tax: Amount; total: Amount };
  /** Percent of the net, for those who may see costs. */
  margin?: string | null | undefined;
}

const STEPS = ['list', 'discount', 'net', 'tax', 'total'] as const;

/** From the list price to what the customer pays. */
export function PriceBuildUp({ of, margin }: Props) {
  const { t } = useTranslation();
  return (
    <dl className="build-up">
      {STEPS.map((step) => (
        <div key={step} className={step === 'total' ? 'strong' : undefined}>
          <dt>{t(`quotes.step.${step}`)}</dt>
          <dd>{step === 'discount' ? '− ' : null}<Money of={of[step]} /></dd>
        </div>
      ))}
      {margin ? <div><dt>{t('quotes.margin')}</dt><dd className="num">{margin}%</dd></div> : null}
    </dl>
  );
}
