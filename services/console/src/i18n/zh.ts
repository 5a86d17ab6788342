import { admin } from './zh/admin';
import { coaching, recording } from './zh/coaching';
import { collections } from './zh/collections';
import { clauses, contracts } from './zh/contracts';
import { custom } from './zh/custom';
import { delivery } from './zh/delivery';
import { actionKind, evidence, home } from './zh/home';
import { leads } from './zh/leads';
import { process, service } from './zh/process';
import { approvals, findings, paper, quotes } from './zh/quotes';
import { systemEvent } from './zh/events';
import { ledger } from './zh/ledger';
import { reports } from './zh/reports';
import { rules } from './zh/rules';
import { event, sales } from './zh/sales';
import { shell } from './zh/shell';
import { talkTracks } from './zh/talkTracks';
import { views } from './zh/views';

export const zh = { ...shell, home, actionKind, evidence, leads, collections, sales, delivery, admin, quotes, approvals, findings, paper, contracts, clauses, process, service, coaching, recording, talkTracks, reports, rules, views, custom, ledger, event: { ...systemEvent, ...event } };

/** Every text of the console; other languages have the same. */
export type Texts = typeof zh;
