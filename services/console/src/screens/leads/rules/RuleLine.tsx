import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined, HolderOutlined } from '@ant-design/icons';
import { Button, Switch, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Rule } from './query';
import { type Names, plain } from './sentence';

interface Doing {
  busy: boolean;
  move: (by: 'up' | 'down') => void;
  enable: (enabled: boolean) => void;
  remove: () => void;
  drag: () => void;
  drop: () => void;
}

interface Props {
  rule: Rule;
  place: number;
  last: boolean;
  names: Names;
  /** What may be done to it; nothing for those who only read. */
  doing: Doing | null;
}

export const moveButton = (id: string, by: 'up' | 'down') => `move-${by}-${id}`;

/** One rule: its place, its name and what it says. */
export function RuleLine({ rule, place, last, names, doing }: Props) {
  const { t } = useTranslation();
  return (
    <li
      className={rule.enabled ? 'rule' : 'rule off'}
      {...(doing ? { onDragOver: (event: React.DragEvent) => event.preventDefault(), onDrop: doing.drop } : {})}
    >
      {doing ? <span className="handle" draggable aria-hidden="true" title={t('rules.drag')} onDragStart={doing.drag}><HolderOutlined /></span> : null}
      <span className="place num" aria-hidden="true">{place + 1}</span>
      <div className="grow">
        <div className="row">
          {doing ? <Link className="strong" to={`/leads/rules/${rule.id}`}>{rule.name}</Link> : <span className="strong">{rule.name}</span>}
          {rule.enabled ? null : <Tag variant="filled">{t('rules.off')}</Tag>}
        </div>
        <p className="says">{plain(rule, t, names)}</p>
      </div>
      {doing ? <Doings rule={rule} first={place === 0} last={last} doing={doing} /> : null}
    </li>
  );
}

function Doings({ rule, first, last, doing }: { rule: Rule; first: boolean; last: boolean; doing: Doing }) {
  const { t } = useTranslation();
  const { name, id } = rule;
  return (
    <span className="row doings">
      <Switch size="small" checked={rule.enabled} disabled={doing.busy} aria-label={t('rules.switch', { name })} onChange={doing.enable} />
      <Button size="small" type="text" id={moveButton(id, 'up')} icon={<ArrowUpOutlined />} disabled={first} aria-label={t('rules.up', { name })} onClick={() => doing.move('up')} />
      <Button size="small" type="text" id={moveButton(id, 'down')} icon={<ArrowDownOutlined />} disabled={last} aria-label={t('rules.down', { name })} onClick={() => doing.move('down')} />
      <Link className="icon-link" to={`/leads/rules/${id}`} aria-label={t('rules.edit', { name })}><EditOutlined /></Link>
      <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={t('rules.removeNamed', { name })} onClick={doing.remove} />
    </span>
  );
}
