import { useTranslation } from 'react-i18next';

import { NODES } from './journey';

/** The five nodes as a line: what is behind, where it stands, what is ahead. */
export function Journey({ node }: { node: number }) {
  const { t } = useTranslation();
  const label = node === 0 ? t('collections.opened') : t(`collections.node.${node}`);
  return (
    <div className="stack tight">
      <div className="journey" role="img" aria-label={label}>
        {NODES.map((one) => (
          <span key={one} className={one <= node ? 'reached' : one === node + 1 ? 'next' : ''} title={t(`collections.node.${one}`)}>{one}</span>
        ))}
      </div>
      <span className="soft">{label}</span>
    </div>
  );
}
