import { admin } from './en/admin';
import { coaching, recording } from './en/coaching';
import { collections } from './en/collections';
import { clauses, contracts } from './en/contracts';
import { delivery } from './en/delivery';
import { actionKind, evidence, home } from './en/home';
import { leads } from './en/leads';
import { process, service } from './en/process';
import { approvals, findings, paper, quotes } from './en/quotes';
import { systemEvent } from './en/events';
import { ledger } from './en/ledger';
import { reports } from './en/reports';
import { rules } from './en/rules';
import { event, sales } from './en/sales';
import { shell } from './en/shell';
import { talkTracks } from './en/talkTracks';
import type { Texts } from './zh';

export const en: Texts = { ...shell, home, actionKind, evidence, leads, collections, sales, delivery, admin, quotes, approvals, findings, paper, contracts, clauses, process, service, coaching, recording, talkTracks, reports, rules, ledger, event: { ...systemEvent, ...event } };
