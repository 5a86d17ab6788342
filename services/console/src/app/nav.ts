import type { Role } from './session';

/** One entry of the menu and who has it. The services decide what anybody sees; this only spares dead ends. */
export interface NavItem {
  path: string;
  label: 'home' | 'leads' | 'customers' | 'opportunities' | 'quotes' | 'contracts' | 'deliveries' | 'collections' | 'coaching' | 'talkTracks' | 'admin' | 'reports' | 'evidence';
  roles: readonly Role[] | 'all';
}

const SALES: readonly Role[] = ['sales_rep', 'store_guide', 'sales_manager', 'sales_director'];

export const NAV: readonly NavItem[] = [
  { path: '/', label: 'home', roles: 'all' },
  { path: '/leads', label: 'leads', roles: [...SALES, 'operations', 'auditor'] },
  { path: '/customers', label: 'customers', roles: [...SALES, 'technical_lead', 'technical_director', 'product_manager', 'product_director', 'finance', 'legal', 'auditor'] },
  { path: '/opportunities', label: 'opportunities', roles: [...SALES, 'technical_lead', 'technical_director', 'product_manager', 'product_director', 'finance', 'auditor'] },
  { path: '/quotes', label: 'quotes', roles: ['sales_rep', 'sales_manager', 'sales_director', 'finance', 'legal', 'technical_lead', 'technical_director', 'product_manager', 'product_director', 'operations', 'auditor'] },
  { path: '/contracts', label: 'contracts', roles: ['sales_rep', 'sales_manager', 'sales_director', 'finance', 'legal', 'delivery_manager', 'operations', 'auditor'] },
  { path: '/deliveries', label: 'deliveries', roles: [...SALES, 'delivery_manager', 'production_planner', 'technical_lead', 'technical_director', 'product_manager', 'product_director', 'finance', 'auditor'] },
  { path: '/collections', label: 'collections', roles: ['sales_rep', 'sales_manager', 'sales_director', 'finance', 'auditor'] },
  { path: '/coaching', label: 'coaching', roles: [...SALES, 'sales_coach'] },
  { path: '/talk-tracks', label: 'talkTracks', roles: [...SALES, 'sales_coach', 'operations', 'product_manager', 'product_director'] },
  { path: '/reports', label: 'reports', roles: ['sales_rep', 'sales_manager', 'sales_director', 'finance', 'delivery_manager', 'product_director', 'sales_coach', 'operations', 'auditor'] },
  { path: '/evidence', label: 'evidence', roles: ['auditor'] },
  { path: '/admin', label: 'admin', roles: ['administrator', 'operations', 'auditor'] },
];

/** What somebody with these roles finds in the menu. */
export function navOf(roles: readonly Role[], items: readonly NavItem[] = NAV): readonly NavItem[] {
  return items.filter((item) => item.roles === 'all' || item.roles.some((role) => roles.includes(role)));
}

/** The entry that a path belongs to: the longest beginning wins. */
export function activeOf(path: string, items: readonly NavItem[]): string | undefined {
  const fits = items.filter(({ path: own }) => path === own || (own !== '/' && path.startsWith(`${own}/`)));
  return fits.sort((one, other) => other.path.length - one.path.length)[0]?.path;
}
