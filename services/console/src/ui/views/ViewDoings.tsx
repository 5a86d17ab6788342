import { MoreOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../api/problem';
import { useWrite } from '../../api/useWrite';
import { type View, type ViewDraft, changeView, removeView, viewsKey } from '../../api/views';
import { say } from '../States';
import { draftOf } from './address';

interface Props {
  view: View;
  /** The filters in the address. */
  filters: string;
  /** True when they are not the view's any more. */
  changed: boolean;
  rename: () => void;
  removed: () => void;
}

/** What can be done with the view that is open. */
export function ViewDoings({ view, filters, changed, rename, removed }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const onError = (problem: Problem) => {
    // Nobody has seen the other's change yet: it is shown before anything is overwritten.
    if (problem.isStale) void client.invalidateQueries({ queryKey: viewsKey });
    void message.error(problem.isStale ? t('views.changedMeanwhile') : say(problem, t('state.failedHint')));
  };
  const change = useWrite({
    send: (draft: ViewDraft, key) => changeView(view, draft, key),
    refreshes: [viewsKey],
    onDone: ({ name }) => void message.success(t('views.saved', { name })),
  });
  const remove = useWrite({
    send: (id: string, key) => removeView(id, key),
    refreshes: [viewsKey],
    onDone: () => {
      void message.success(t('views.removed', { name: view.name }));
      removed();
    },
  });
  const put = (changes: Partial<ViewDraft>) => change.mutate({ ...draftOf(view), ...changes }, { onError });
  const ask = () =>
    modal.confirm({ title: t('views.removeAsk', { name: view.name }), content: t('views.removeHint'), okText: t('views.remove'), okButtonProps: { danger: true }, cancelText: t('form.cancel'), onOk: () => remove.mutate(view.id, { onError }) });
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: [
          ...(changed ? [{ key: 'overwrite', label: t('views.overwrite', { name: view.name }), onClick: () => put({ query: filters }) }] : []),
          { key: 'rename', label: t('views.rename'), onClick: rename },
          { key: 'default', label: t(view.is_default ? 'views.dropDefault' : 'views.makeDefault'), onClick: () => put({ is_default: !view.is_default }) },
          { key: 'remove', danger: true, label: t('views.remove'), onClick: ask },
        ],
      }}
    >
      <Button icon={<MoreOutlined aria-hidden="true" />} aria-label={t('views.doings')} loading={change.isPending || remove.isPending} />
    </Dropdown>
  );
}
