import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import { ConflictDialog, type Difference } from './ConflictDialog';
import { say } from './States';
import type { Conflicting } from './useConflict';

interface Props<Typed, Kept> {
  of: Conflicting<Typed, Kept>;
  /** Both versions field by field, as people read them. */
  fields: (mine: Typed, theirs: Kept) => readonly Difference[];
}

/** Another's change in between: both versions, or that theirs could not be read yet. */
export function Conflict<Typed, Kept>({ of, fields }: Props<Typed, Kept>) {
  const { meeting } = of;
  if (meeting === null) return null;
  if (meeting.is === 'unread') return <Unread of={of} problem={meeting.problem} />;
  return <ConflictDialog open fields={fields(meeting.mine, meeting.theirs)} keepMine={of.keepMine} keepTheirs={of.keepTheirs} close={of.close} />;
}

function Unread({ of, problem }: { of: Conflicting<never, never> | Conflicting<unknown, unknown>; problem: Parameters<typeof say>[0] }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('conflict.title')}
      onCancel={of.close}
      footer={[
        <Button key="back" onClick={of.close}>{t('conflict.back')}</Button>,
        <Button key="again" type="primary" loading={of.isAsking} onClick={of.askAgain}>{t('state.retry')}</Button>,
      ]}
    >
      <Alert type="warning" showIcon title={t('conflict.unread')} description={problem.isUnreachable ? t('state.offlineHint') : say(problem, t('state.failedHint'))} />
    </Modal>
  );
}
