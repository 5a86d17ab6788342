import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { CUSTOMISED } from '../../../api/customFields';
import { FieldsPanel } from './FieldsPanel';
import './custom-fields.css';

/** What the organisation wants to know beside what every record has. */
export function CustomFields() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const resource = CUSTOMISED.find((one) => one === params.get('resource')) ?? CUSTOMISED[0];
  return (
    <div className="stack">
      <p className="soft no-margin">{t('custom.admin.hint')}</p>
      <div className="custom-resources">
        <Segmented
          aria-label={t('custom.admin.resource')}
          value={resource}
          onChange={(to) => setParams({ resource: to }, { replace: true })}
          options={CUSTOMISED.map((value) => ({ value, label: t(`custom.of.${value}`) }))}
        />
      </div>
      <FieldsPanel key={resource} resource={resource} />
    </div>
  );
}
