import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { Panel } from '../../ui/Page';
import { Answer } from '../../ui/States';
import { DefinitionEditor } from './DefinitionEditor';
import { type Name, definitionQuery, processesQuery } from './query';
import './process.css';

/** The processes that every stage change is judged by: read, tried against what there is, published. */
export function Processes() {
  return <Answer of={useQuery(processesQuery)}>{(all) => <Chosen all={all} />}</Answer>;
}

function Chosen({ all }: { all: readonly Name[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const chosen = all.find(({ name }) => name === params.get('process')) ?? all[0];
  if (!chosen) return null;
  return (
    <div className="stack">
      <Panel>
        <div className="row">
          <label htmlFor="process">{t('process.choose')}</label>
          <Select
            id="process"
            style={{ width: 340 }}
            value={chosen.name}
            onChange={(name) => setParams({ process: name }, { replace: true })}
            options={all.map(({ service, name }) => ({ value: name, label: `${t(`process.name.${name}`, { defaultValue: name })} · ${t(`service.${service}`)}` }))}
          />
        </div>
      </Panel>
      <OneDefinition key={`${chosen.service}/${chosen.name}`} name={chosen} />
    </div>
  );
}

function OneDefinition({ name }: { name: Name }) {
  return <Answer of={useQuery(definitionQuery(name))} rows={12}>{(definition) => <DefinitionEditor key={definition.version} name={name} definition={definition} />}</Answer>;
}
