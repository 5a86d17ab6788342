import { Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Page';
import { bracketed } from '../../ui/punctuated';
import { Moment, Money } from '../../ui/Values';
import type { Contract } from './query';

/** When how much is due, and the invoice application that the signature made. */
export function Payments({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  const { invoice } = contract;
  return (
    <Panel flush title={t('collections.plan.title')} extra={contract.signed_at ? null : <span className="soft">{t('contracts.expected')}</span>}>
      <Table
        size="small"
        rowKey={(payment) => `${payment.kind}${payment.due_at}${payment.percent}`}
        pagination={false}
        dataSource={contract.payments}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('collections.plan.kind'), dataIndex: 'kind', render: (kind: string, payment) => t(`collections.plan.part.${kind}`, { percent: payment.percent, defaultValue: kind }) },
          { title: t('contracts.amount'), align: 'end', render: (_: unknown, payment) => <Money of={payment.amount} /> },
          { title: t('collections.plan.due'), dataIndex: 'due_at', render: (at: string) => <Moment at={at} /> },
        ]}
      />
      {invoice ? (
        <div style={{ padding: 14 }}>
          <Descriptions
            size="small"
            column={1}
            title={t('contracts.invoice.title')}
            items={[
              { key: 'number', label: t('contracts.invoice.number'), children: <span className="num">{invoice.number}</span> },
              { key: 'amount', label: t('contracts.amount'), children: <Money of={invoice.amount} /> },
              { key: 'tax', label: t('quotes.tax'), children: <span><Money of={invoice.tax} />{bracketed('', `${invoice.tax_rate}%`)}</span> },
              { key: 'account', label: t('contracts.invoice.account'), children: invoice.account },
            ]}
          />
        </div>
      ) : null}
    </Panel>
  );
}
