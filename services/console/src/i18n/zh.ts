import { admin } from './zh/admin';
import { collections } from './zh/collections';
import { delivery } from './zh/delivery';
import { actionKind, evidence, home } from './zh/home';
import { leads } from './zh/leads';
import { event, sales } from './zh/sales';
import { shell } from './zh/shell';

export const zh = { ...shell, home, actionKind, evidence, leads, collections, sales, event, delivery, admin };

/** Every text of the console; other languages have the same. */
export type Texts = typeof zh;
