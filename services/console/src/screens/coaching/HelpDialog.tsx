import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const KEYS = [
  { keys: ['space'], does: 'play' },
  { keys: ['←', '→'], does: 'step' },
  { keys: ['1', '2', '3', '4', '5'], does: 'score' },
  { keys: ['c'], does: 'comment' },
  { keys: ['Enter'], does: 'decide' },
  { keys: ['n'], does: 'next' },
  { keys: ['?'], does: 'help' },
] as const;

/** What the keys of the review page do. */
export function HelpDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} title={t('coaching.keys.title')} footer={null} onCancel={close} width={460}>
      <dl className="keys">
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>{keys.map((key) => <kbd key={key}>{key === 'space' ? t('coaching.keys.space') : key}</kbd>)}</dt>
            <dd>{t(`coaching.keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
