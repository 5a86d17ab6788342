import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface HeadProps {
  title: string;
  hint?: ReactNode;
  extra?: ReactNode;
}

/** The heading of a screen; it names the browser's tab too. */
export function PageHead({ title, hint, extra }: HeadProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <div className="page-head">
      <div className="grow">
        <h1>{title}</h1>
        {hint ? <p>{hint}</p> : null}
      </div>
      {extra ? <div className="row">{extra}</div> : null}
    </div>
  );
}

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, extra, flush = false, children }: PanelProps) {
  return (
    <section className="panel">
      {title || extra ? (
        <header>
          <h2>{title}</h2>
          {extra}
        </header>
      ) : null}
      <div className={flush ? 'flush' : 'body'}>{children}</div>
    </section>
  );
}
