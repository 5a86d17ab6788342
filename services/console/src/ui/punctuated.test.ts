import { expect, test } from 'vitest';

import { setLanguageForTests } from '../i18n/testing';
import { bracketed, labelled, listed, sentences } from './punctuated';

test('every language has its own marks between words', async () => {
  await setLanguageForTests('zh-CN');
  expect([listed(['大型', '中型']), sentences(['甲', '乙']), labelled('痛点'), bracketed('税额', '13%')]).toEqual(['大型、中型', '甲；乙', '痛点：', '税额（13%）']);
  await setLanguageForTests('en');
  expect([listed(['large', 'medium']), sentences(['A.', 'B.']), labelled('Pain'), bracketed('Tax', '13%')]).toEqual(['large, medium', 'A.; B.', 'Pain: ', 'Tax (13%)']);
});
