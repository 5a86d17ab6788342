import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { usePeople } from '../../api/directory';
import { CustomFilter } from '../../ui/custom/CustomFilter';
import { SearchField } from '../../ui/SearchField';
import { SavedViews } from '../../ui/views/SavedViews';
import { unfiltered } from '../../ui/views/address';
import { type LeadFilter, filterOf, withFilter } from './query';

const STATES = ['unassigned', 'assigned', 'touched', 'screened', 'converted', 'duplicate'] as const;
const SOURCES = ['web_form', 'exhibition_qr', 'phone', 'wecom', 'dealer_api', 'csv_import', 'store_walk_in', 'repurchase'] as const;

export function LeadFilters() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const people = usePeople();
  const filter = filterOf(params);
  const change = (name: keyof LeadFilter) => (value: string | undefined) => setParams(withFilter(params, name, value), { replace: true });
  const owners = [...people.values()].filter((person) => person.roles.some((role) => role === 'sales_rep' || role === 'store_guide'));
  return (
    <div className="filters" role="search">
      <SavedViews screen="leads" search={[params, setParams]} />
      <SearchField width={190} label={t('leads.search')} value={filter.q ?? ''} onSearch={change('q')} />
      <Select
        allowClear
        style={{ width: 116 }}
        aria-label={t('leads.column.state')}
        placeholder={t('leads.anyState')}
        value={filter.state ?? null}
        onChange={change('state')}
        options={STATES.map((value) => ({ value: value as string, label: t(`leads.state.${value}`) }))}
      />
      <Select
        allowClear
        style={{ width: 116 }}
        aria-label={t('leads.column.source')}
        placeholder={t('leads.anySource')}
        value={filter.source ?? null}
        onChange={change('source')}
        options={SOURCES.map((value) => ({ value: value as string, label: t(`leads.source.${value}`) }))}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 128 }}
        aria-label={t('leads.column.owner')}
        placeholder={t('leads.anyOwner')}
        value={filter.owner ?? null}
        onChange={change('owner')}
        options={owners.map((person) => ({ value: person.id, label: person.name }))}
      />
      <SearchField width={120} label={t('leads.region')} value={filter.region ?? ''} onSearch={change('region')} />
      <CustomFilter resource="lead" search={[params, setParams]} />
      {Object.keys(filter).length > 0 ? <Button type="link" onClick={() => setParams(unfiltered(), { replace: true })}>{t('leads.clear')}</Button> : null}
    </div>
  );
}
