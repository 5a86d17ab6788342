import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

import { type Language, language, setLanguage } from '../i18n';

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      size="small"
      aria-label={t('language')}
      value={language()}
      options={[
        { value: 'zh-CN', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
      onChange={(to) => void setLanguage(to)}
    />
  );
}
