import type { ThemeConfig } from 'antd';

import { still } from '../ui/motion';

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";

/** On a phone everything that is touched is as large as a finger. */
const TOUCHED = 40;

export function themeFor(isNarrow: boolean): ThemeConfig {
  if (!isNarrow) return theme;
  return { ...theme, token: { ...theme.token, controlHeight: TOUCHED, controlHeightSM: TOUCHED }, components: { ...theme.components, Menu: { ...theme.components?.Menu, itemHeight: TOUCHED } } };
}

/** Calm and dense: small type, thin lines, one blue. Every text colour keeps a contrast of 4.5 to its ground. */
const theme: ThemeConfig = {
  cssVar: { key: 'sluice' },
  hashed: false,
  token: {
    fontFamily: FONT,
    fontSize: 13,
    fontSizeSM: 12,
    colorPrimary: '#1f4ed8',
    colorPrimaryHover: '#1a43bd',
    colorInfo: '#1f4ed8',
    colorLink: '#1f4ed8',
    colorLinkHover: '#1a43bd',
    colorLinkActive: '#16389c',
    colorSuccess: '#15803d',
    colorSuccessBg: '#eefaf1',
    colorSuccessBorder: '#a5d6b4',
    colorWarning: '#b45309',
    colorError: '#c5221f',
    colorText: '#1c2430',
    colorTextSecondary: '#525c6b',
    colorTextTertiary: '#626c7a',
    colorTextDescription: '#525c6b',
    colorTextPlaceholder: '#6b7483',
    colorBorder: '#d5dae1',
    colorBorderSecondary: '#e8ebef',
    colorBgLayout: '#f6f7f9',
    borderRadius: 6,
    controlHeight: 30,
    wireframe: false,
    // The library waits for the end of its animations; where the style sheet takes them away it must not begin any.
    motion: !still(),
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { defaultHoverColor: '#1a43bd', defaultHoverBorderColor: '#1a43bd', defaultActiveColor: '#16389c', defaultActiveBorderColor: '#16389c' },
    Layout: { headerBg: '#ffffff', headerHeight: 48, headerPadding: '0 16px', siderBg: '#ffffff' },
    Menu: { itemHeight: 32, itemBorderRadius: 6, itemSelectedBg: '#e9effd', itemSelectedColor: '#1a43bd' },
    Table: { cellPaddingBlockMD: 8, headerBg: '#fafbfc', headerColor: '#525c6b', cellFontSizeMD: 13 },
    Descriptions: { labelColor: '#525c6b', colonMarginLeft: 0 },
    Tag: { defaultBg: '#f1f3f6', defaultColor: '#3b4553' },
  },
};
