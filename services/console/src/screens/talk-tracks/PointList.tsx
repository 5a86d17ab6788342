import { CheckCircleFilled, PlusCircleOutlined, StopFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { labelled } from '../../ui/punctuated';
import { inOrder } from './difference';
import { DUTIES, type Duty, type KeyPoint } from './query';

const ICONS: Record<Duty, ReactNode> = {
  must_say: <CheckCircleFilled className="good" />,
  nice_to_say: <PlusCircleOutlined />,
  must_not_say: <StopFilled className="danger" />,
};

/** Key points by duty, with other words for the same. */
export function PointList({ points }: { points: readonly Omit<KeyPoint, 'id'>[] }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      {DUTIES.map((duty) => {
        const own = inOrder(points.filter((point) => point.duty === duty) as KeyPoint[]);
        if (own.length === 0) return null;
        return (
          <div key={duty}>
            <h3>{t(`talkTracks.duty.${duty}`)}</h3>
            <ul className="point-list">
              {own.map((point) => (
                <li key={point.text}>
                  <span aria-hidden="true">{ICONS[duty]}</span>
                  <span className="grow">
                    {point.text}
                    {point.paraphrases && point.paraphrases.length > 0 ? <span className="soft"> · {labelled(t('talkTracks.alsoSaid'))}{point.paraphrases.join(' / ')}</span> : null}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
