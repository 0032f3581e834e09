import { displayText } from './display.ts';
import type { Kind } from './kinds.ts';
import type { Evidence } from './report.ts';

/** What a month of storage costs. */
export interface StoragePrice {
  /** For 2^30 bytes, which S3 calls a GB. */
  perGiBMonth: number;
  currency: string;
}

/** The list price of S3 Standard, first 50 TB, in us-east-1: an assumption, named wherever a figure comes of it. */
export const listPrice: StoragePrice = { perGiBMonth: 0.023, currency: 'USD' };

/** A price in words, and whose it is. Display text. */
export function priceText({ perGiBMonth, currency }: StoragePrice): string {
  const assumed = perGiBMonth === listPrice.perGiBMonth && currency === listPrice.currency;
  const whose = assumed ? 'S3 Standard’s list price' : 'the configured price';
  return `${whose}, ${String(perGiBMonth)} ${displayText(currency)} per GB and month`;
}

/** Kinds whose bytes are nobody's, or not Parseable's, and are paid for month by month. No byte is in two of them. */
const alien: readonly Kind[] = [
  'foreign-prefix',
  'foreign-root-object',
  'orphaned-stream-data',
  'stream-leftover',
  'foreign-in-stream',
  'foreign-object-in-stream',
  'malformed-date-prefix',
  'incomplete-uploads',
];

/** What storing so many bytes costs a month, to a hundredth of a cent. */
export const monthlyCost = (bytes: number, { perGiBMonth }: StoragePrice): number =>
  Math.round((bytes / 2 ** 30) * perGiBMonth * 10_000) / 10_000;

/** The monthly cost of what a finding of this kind is about; null where it is not about alien data, or its size is not known. */
export const costOf = (kind: Kind, { bytes }: Evidence, price: StoragePrice): number | null =>
  alien.includes(kind) && bytes !== undefined ? monthlyCost(bytes, price) : null;

/** What all alien data of a bucket comes to. */
export interface AlienTotal {
  objects: number;
  bytes: number;
  /** False when the figures are lower bounds. */
  sizeComplete: boolean;
  costPerMonth: number;
  /** By this it was reckoned. */
  price: StoragePrice;
}

/** Adds up alien data. */
export function alienTotal(findings: readonly { kind: Kind; evidence: Evidence }[], price: StoragePrice): AlienTotal {
  const total = { objects: 0, bytes: 0, sizeComplete: true };
  for (const { kind, evidence } of findings) {
    if (!alien.includes(kind)) continue;
    // Unfinished uploads are no objects.
    if (kind !== 'incomplete-uploads') total.objects += evidence.objects ?? 0;
    total.bytes += evidence.bytes ?? 0;
    total.sizeComplete &&= evidence.sizeComplete !== false && evidence.bytes !== undefined;
  }
  return { ...total, costPerMonth: monthlyCost(total.bytes, price), price };
}
