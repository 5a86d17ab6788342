import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import './app/app.css';
import { startTranslating } from './i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

await startTranslating();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
