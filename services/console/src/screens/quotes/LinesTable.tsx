import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { language } from '../../i18n';
import { bilingual } from '../../ui/bilingual';
import { FittingTable } from '../../ui/FittingTable';
import { quantity } from '../../ui/quantity';
import { Money } from '../../ui/Values';
import { BillOfMaterials } from './BillOfMaterials';
import { isBelowFloor, isBeyond } from './price';
import type { QuoteLine } from './query';

interface Props {
  lines: readonly QuoteLine[];
  /** How far the submitter may go alone, and the margin of the cost floor; unknown for contracts. */
  limit?: string | undefined;
  floorMargin?: string | undefined;
}

const named = (line: QuoteLine) => bilingual({ zh: line.name_zh, en: line.name_en });

/** The lines with everything that makes their price. */
export function LinesTable({ lines, limit, floorMargin }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<QuoteLine | null>(null);
  return (
    <>
      <FittingTable<QuoteLine>
        size="middle"
        rowKey={(line) => `${line.product_code}${lines.indexOf(line)}`}
        dataSource={[...lines]}
        columns={[
          {
            title: t('quotes.product'),
            width: 220,
            narrow: 154,
            render: (_: unknown, line) => (
              <div className="stack tight">
                <span>{named(line)}</span>
                <span className="row soft">
                  <span className="num">{line.product_code}</span>
                  {line.unit_cost ? <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpened(line)}>{t('quotes.bom.version', { number: line.product_number })}</Button> : t('quotes.bom.version', { number: line.product_number })}
                </span>
              </div>
            ),
          },
          { title: t('quotes.quantity'), narrow: 78, align: 'end', render: (_: unknown, line) => <span className="num">{quantity(line, language())}</span> },
          { title: t('quotes.listPrice'), align: 'end', render: (_: unknown, line) => <Money of={line.list_price} /> },
          { title: t('quotes.discount'), align: 'end', render: (_: unknown, line) => <Discount line={line} limit={limit} floorMargin={floorMargin} /> },
          { title: t('quotes.net'), width: 130, narrow: 128, align: 'end', render: (_: unknown, line) => <Money of={line.net} /> },
          { title: t('quotes.tax'), align: 'end', render: (_: unknown, line) => <div className="stack tight"><Money of={line.tax} /><span className="soft num">{line.tax_rate}%</span></div> },
        ]}
      />
      {opened ? <BillOfMaterials line={opened} title={named(opened)} close={() => setOpened(null)} /> : null}
    </>
  );
}

/** A line's discount beside what its submitter may give alone. */
function Discount({ line, limit, floorMargin }: { line: QuoteLine } & Pick<Props, 'limit' | 'floorMargin'>) {
  const { t } = useTranslation();
  const beyond = limit !== undefined && isBeyond(line.discount_percent, limit);
  return (
    <div className="stack tight" style={{ alignItems: 'flex-end' }}>
      <span className={beyond ? 'num warn strong' : 'num'}>{line.discount_percent}%</span>
      {limit === undefined ? null : <span className="soft nowrap">{t('quotes.limit', { limit })}</span>}
      {beyond ? <Tag color="orange">{t('quotes.beyondShort')}</Tag> : null}
      {floorMargin !== undefined && isBelowFloor(line, floorMargin) ? <Tag color="red">{t('quotes.belowFloor')}</Tag> : null}
    </div>
  );
}
