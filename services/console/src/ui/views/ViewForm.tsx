import { useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { Problem } from '../../api/problem';
import { type Screen, type View, addView, changeView, viewsKey, viewsQuery } from '../../api/views';
import { Conflict } from '../Conflict';
import { FormDialog } from '../FormDialog';
import { useConflict } from '../useConflict';
import { draftOf } from './address';

interface Typed {
  name: string;
  is_default: boolean;
}

interface Props {
  screen: Screen;
  /** None for a new one. */
  view: View | null;
  filters: string;
  close: () => void;
  onSaved: (view: View) => void;
}

/** Gives filters a name, or a view another one. */
export function ViewForm({ screen, view, filters, close, onSaved }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { version, conflict, onRefused } = useConflict<Typed, View>(view?.version ?? 0, close);
  const newest = async () => {
    const found = (await client.fetchQuery({ ...viewsQuery(screen), staleTime: 0 })).find(({ id }) => id === view?.id);
    if (!found) throw new Problem(404, 'not_found', '');
    return found;
  };
  return (
    <>
      <FormDialog<Typed, View>
        open
        close={close}
        width={420}
        title={t(view ? 'views.renameTitle' : 'views.saveTitle')}
        fields={['name', 'is_default']}
        initial={{ name: view?.name ?? '', is_default: view?.is_default ?? false }}
        refreshes={[viewsKey]}
        send={(typed, key) => (view ? changeView({ id: view.id, version }, { ...draftOf(view), ...typed }, key) : addView({ screen, query: filters, ...typed }, key))}
        onDone={(saved) => {
          void message.success(t('views.saved', { name: saved.name }));
          onSaved(saved);
        }}
        {...(view ? { onRefused: onRefused(newest) } : {})}
      >
        <Form.Item name="name" label={t('views.name')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input maxLength={40} autoFocus /></Form.Item>
        <Form.Item name="is_default" valuePropName="checked"><Checkbox>{t('views.asDefault')}</Checkbox></Form.Item>
      </FormDialog>
      <Conflict of={conflict} fields={(mine, theirs) => [{ field: t('views.name'), mine: mine.name, theirs: theirs.name }]} />
    </>
  );
}
