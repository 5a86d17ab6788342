import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { CustomField } from '../../../api/customFields';
import { labelOf } from '../../../ui/custom/said';

interface Props {
  field: CustomField;
  edit: () => void;
  retire: (off: boolean) => void;
}

/** Changes a field, takes it out of use or brings it back; both ask first and say that values stay. */
export function FieldDoings({ field, edit, retire }: Props) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const name = labelOf(field);
  const askRetire = () =>
    modal.confirm({ title: t('custom.admin.retireAsk', { name }), content: t('custom.admin.retireHint'), okText: t('custom.admin.retire'), okButtonProps: { danger: true }, cancelText: t('form.cancel'), onOk: () => retire(true) });
  const askRevive = () =>
    modal.confirm({ title: t('custom.admin.reviveAsk', { name }), content: t('custom.admin.reviveHint'), okText: t('custom.admin.revive'), cancelText: t('form.cancel'), onOk: () => retire(false) });
  return (
    <span className="row">
      <Button size="small" aria-label={t('custom.admin.edit', { name })} onClick={edit}>{t('form.edit')}</Button>
      {field.retired ? (
        <Button size="small" aria-label={t('custom.admin.reviveNamed', { name })} onClick={askRevive}>{t('custom.admin.revive')}</Button>
      ) : (
        <Button size="small" danger aria-label={t('custom.admin.retireNamed', { name })} onClick={askRetire}>{t('custom.admin.retire')}</Button>
      )}
    </span>
  );
}
