import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { api, body, seen } from '../../api/client';
import { Conflict } from '../../ui/Conflict';
import type { Difference } from '../../ui/ConflictDialog';
import { customDifferences } from '../../ui/custom/said';
import { type WithCustom, useCustomForm } from '../../ui/custom/useCustomFields';
import { typedOf as typedCustom } from '../../ui/custom/values';
import { day } from '../../ui/format';
import { FormDialog } from '../../ui/FormDialog';
import { sentences } from '../../ui/punctuated';
import { useConflict } from '../../ui/useConflict';
import { QuoteFields } from './QuoteFields';
import { FIELDS, type Typed, contentOf, typedOf } from './content';
import { type Quote, quoteQuery } from './query';

type TypedAgain = Typed & WithCustom;

const said = (lines: Typed['lines']) => sentences(lines.map((line) => `${line.product_code} × ${line.quantity} −${line.discount_percent}%`));

/** Changes a draft, or begins the next revision of what was submitted before. */
export function ReviseForm({ quote, close }: { quote: Quote; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { version, conflict, onRefused } = useConflict<TypedAgain, Quote>(quote.version, close);
  const own = useCustomForm('quote');
  const { current } = quote;
  const differences = (mine: TypedAgain, theirs: Quote): Difference[] => {
    const other = typedOf(theirs.current);
    return [
      { field: t('quotes.lines'), mine: said(mine.lines), theirs: said(other.lines) },
      { field: t('quotes.deliveryDate'), mine: day(mine.delivery_date), theirs: day(other.delivery_date) },
      { field: t('quotes.validity'), mine: mine.validity_days, theirs: other.validity_days },
      { field: t('collections.note'), mine: mine.note, theirs: other.note },
      ...customDifferences(own.live, mine.custom, theirs.custom, t),
    ];
  };
  return (
    <>
      <FormDialog<TypedAgain, Quote>
        open
        close={close}
        width={980}
        title={quote.status === 'draft' ? t('quotes.change', { number: quote.number }) : t('quotes.reviseTitle', { number: quote.number, revision: quote.revision + 1 })}
        fields={[...FIELDS, ...own.names]}
        initial={{ ...typedOf(current), custom: typedCustom(quote.custom) }}
        refreshes={[['quotes'], ['opportunities']]}
        send={(typed, key) =>
          body(api.PUT('/api/quotes/{id}', { params: { path: { id: quote.id } }, headers: seen(version, key), body: { ...contentOf(typed, quote.total.currency), custom: own.changed(typed, quote.custom) } }))
        }
        onRefused={onRefused(() => client.fetchQuery({ ...quoteQuery(quote.id), staleTime: 0 }))}
      >
        <QuoteFields currency={quote.total.currency} grade={current.customer_grade} tier={current.store_tier} />
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}
