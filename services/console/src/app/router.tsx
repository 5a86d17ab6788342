import { createBrowserRouter } from 'react-router';

import { Problem } from '../api/problem';
import { Failed } from '../ui/States';
import { Shell } from './Shell';

const nothingHere = new Problem(404, 'not_found', '');

const admin = async () => ({ Component: (await import('../screens/admin/Admin')).Admin });
const deliveryBoard = async () => ({ Component: (await import('../screens/delivery/DeliveryBoard')).DeliveryBoard });
const rulePage = async () => ({ Component: (await import('../screens/leads/rules/RulePage')).RulePage });
const leadDesk = async () => ({ Component: (await import('../screens/leads/LeadDesk')).LeadDesk });

/** Every screen is a file of its own that is fetched when it is opened first. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../screens/home/Home')).Home }) },
      { path: 'leads', lazy: leadDesk },
      { path: 'leads/rules', lazy: async () => ({ Component: (await import('../screens/leads/rules/Rules')).Rules }) },
      { path: 'leads/rules/new', lazy: rulePage },
      { path: 'leads/rules/:id', lazy: rulePage },
      { path: 'leads/:id', lazy: leadDesk },
      { path: 'customers', lazy: async () => ({ Component: (await import('../screens/sales/Customers')).Customers }) },
      { path: 'customers/:id', lazy: async () => ({ Component: (await import('../screens/sales/CustomerPage')).CustomerPage }) },
      { path: 'opportunities', lazy: async () => ({ Component: (await import('../screens/sales/Opportunities')).Opportunities }) },
      { path: 'opportunities/:id', lazy: async () => ({ Component: (await import('../screens/sales/OpportunityPage')).OpportunityPage }) },
      { path: 'quotes', lazy: async () => ({ Component: (await import('../screens/quotes/Quotes')).Quotes }) },
      { path: 'quotes/:id', lazy: async () => ({ Component: (await import('../screens/quotes/QuotePage')).QuotePage }) },
      { path: 'contracts', lazy: async () => ({ Component: (await import('../screens/contracts/Contracts')).Contracts }) },
      { path: 'contracts/clauses', lazy: async () => ({ Component: (await import('../screens/contracts/ClauseLibrary')).ClauseLibrary }) },
      { path: 'contracts/:id', lazy: async () => ({ Component: (await import('../screens/contracts/ContractPage')).ContractPage }) },
      { path: 'deliveries', lazy: deliveryBoard },
      { path: 'deliveries/:id', lazy: deliveryBoard },
      { path: 'collections', lazy: async () => ({ Component: (await import('../screens/collections/Collections')).Collections }) },
      { path: 'collections/statements', lazy: async () => ({ Component: (await import('../screens/collections/Statements')).Statements }) },
      { path: 'collections/:id', lazy: async () => ({ Component: (await import('../screens/collections/ReceivablePage')).ReceivablePage }) },
      { path: 'coaching', lazy: async () => ({ Component: (await import('../screens/coaching/Coaching')).Coaching }) },
      { path: 'coaching/:id', lazy: async () => ({ Component: (await import('../screens/coaching/ReviewPage')).ReviewPage }) },
      { path: 'talk-tracks', lazy: async () => ({ Component: (await import('../screens/talk-tracks/TalkTracks')).TalkTracks }) },
      { path: 'talk-tracks/:id', lazy: async () => ({ Component: (await import('../screens/talk-tracks/TrackPage')).TrackPage }) },
      { path: 'reports', lazy: async () => ({ Component: (await import('../screens/reports/Reports')).Reports }) },
      { path: 'evidence', lazy: async () => ({ Component: (await import('../screens/evidence/Evidence')).Evidence }) },
      { path: 'admin', lazy: admin },
      { path: 'admin/:tab', lazy: admin },
      { path: '*', element: <Failed error={nothingHere} /> },
    ],
  },
]);
