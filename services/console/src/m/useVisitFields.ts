import type { CustomField } from '../api/customFields';
import { liveOf, ofResource } from '../ui/custom/values';
import { get } from './api';
import { type Seen, useSeen } from './seen';

const FOLLOWS = ['crm_custom_field'] as const;

const load = async () => liveOf(ofResource(await get<CustomField[]>('/api/custom-fields/crm'), 'visit'));

/** The organisation's own fields of a visit; without a network, those that were seen last. */
export const useVisitFields = (): Seen<CustomField[]> => useSeen('visit-fields', load, FOLLOWS);
