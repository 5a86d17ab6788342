import { Button, Modal } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { problemOf } from '../api/problem';
import { Hash } from './Hash';
import { Answer } from './States';

interface Props {
  title: string;
  /** Where the paper is; asked for with the person's session. */
  href: string;
  close: () => void;
}

/** Shows a PDF as the services print it. What cannot be printed says why. */
export function PaperDialog({ title, href, close }: Props) {
  const { t } = useTranslation();
  const paper = useQuery({ queryKey: ['paper', href], gcTime: 0, retry: false, queryFn: () => reach(href) });
  return (
    <Modal
      open
      title={title}
      width={1000}
      onCancel={close}
      footer={[
        <Button key="tab" href={href} target="_blank" rel="noopener">{t('paper.newTab')}</Button>,
        <Button key="close" type="primary" onClick={close}>{t('form.close')}</Button>,
      ]}
    >
      <Answer of={paper} rows={10}>{(hash) => <iframe className="paper" src={`${href}#navpanes=0&view=FitH`} title={title} data-sha256={hash} />}</Answer>
      {paper.data ? <p className="soft"><Hash name="SHA-256" of={paper.data} /></p> : null}
    </Modal>
  );
}

/** Asks whether it can be printed; answers the paper's hash. */
async function reach(href: string): Promise<string> {
  const response = await fetch(href);
  if (!response.ok) throw await problemOf(response);
  await response.arrayBuffer();
  return response.headers.get('content-sha256') ?? '';
}
