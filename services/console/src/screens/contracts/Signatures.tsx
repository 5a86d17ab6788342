import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { Hash } from '../../ui/Hash';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Moment } from '../../ui/Values';
import type { Contract } from './query';

const PARTIES = ['ours', 'customer'] as const;

/** Who has signed for whom; shown once the contract may be signed. */
export function Signatures({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  if (contract.status !== 'approved' && contract.status !== 'signing' && contract.status !== 'signed') return null;
  return (
    <Panel flush title={t('contracts.sign.title')}>
      <div role="list">
        {PARTIES.map((party) => {
          const signature = contract.signatures.find((one) => one.party === party);
          return (
            <div className="item" role="listitem" key={party}>
              <span className={signature ? 'dot green' : 'dot amber'} aria-hidden="true" />
              <div className="grow">
                <div className="row spread"><span className="strong">{t(`contracts.party.${party}`)}</span>{signature ? <Moment at={signature.signed_at} /> : <Tag color="orange">{t('contracts.sign.missing')}</Tag>}</div>
                {signature ? <p className="soft">{signature.signer_name} · {t('contracts.sign.capturedBy')} <PersonName id={signature.captured_by} /></p> : null}
                {signature ? <Hash name="SHA-256" of={signature.sha256} /> : null}
              </div>
            </div>
          );
        })}
        {contract.signed_sha256 ? <div className="item" role="listitem"><div className="grow"><div>{t('contracts.sign.file')}</div><Hash name="SHA-256" of={contract.signed_sha256} /></div></div> : null}
      </div>
    </Panel>
  );
}
