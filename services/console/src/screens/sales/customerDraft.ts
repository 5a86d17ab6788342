import type { components } from '../../api/schema';
import type { WithCustom } from '../../ui/custom/useCustomFields';
import { typedOf as typedCustom } from '../../ui/custom/values';
import type { Customer } from './query';

export const TIERS = ['standard', 'ka', 'community'] as const satisfies readonly components['schemas']['StoreTier'][];

/** A customer as it is typed. */
export interface Typed extends WithCustom {
  company: string;
  credit_code: string;
  industry: string;
  region: string;
  store_tier: (typeof TIERS)[number];
  tags: string[];
}

export const FIELDS = ['company', 'credit_code', 'industry', 'region', 'store_tier', 'tags'] as const;

export function startOf(customer: Customer | null): Typed {
  if (customer === null) return { company: '', credit_code: '', industry: '', region: '', store_tier: TIERS[0], tags: [] };
  const { company, credit_code, industry, region, store_tier, tags, custom } = customer;
  return { company, credit_code: credit_code ?? '', industry, region, store_tier, tags, custom: typedCustom(custom) };
}
