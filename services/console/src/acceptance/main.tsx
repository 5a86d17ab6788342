import { createRoot } from 'react-dom/client';

import { Acceptance } from './Acceptance';
import './acceptance.css';
import { textsFor } from './texts';

const { language } = textsFor(navigator.languages);
document.documentElement.lang = language;
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(<Acceptance token={window.location.pathname.split('/')[2] ?? ''} />);
