import type { DemoObject } from './embedded-aws.ts';

const pack = (id: string, size: number): DemoObject => ({ key: `backups/data/${id.slice(0, 2)}/${id}`, size });

/** A backup repository in the wrong bucket, laid out as restic does it. */
export const backupFolder: DemoObject[] = [
  { key: 'backups/config', size: 155 },
  pack('3ad4c1f09b7e25688c5f1e0a7d93b6420f8e6d1b95a7c3e2f4081d6b9a7c5e30', 524_288),
  pack('71f0c29e5b84d6a3e1079f8c2b6d45a0937e1c8f4a2b6d90e5c37f18ab42d6e9', 409_600),
  pack('c25e9d0b7a4f8163d2e95c07b1f86a3490de5c7b2a8f1604e3d97c5ba0f28e61', 204_800),
  { key: 'backups/index/9b1d7e3f5a80c24669e0f7d3b8a15c42e6079d8f1b3a5c7e90d2f4b6a8c1e357', size: 1_420 },
  { key: 'backups/keys/e4c07a9d3b5f812660d9e7c1f4a83b52970c6e1d8f5a2b4c9037d6e8a1b5f2c4', size: 455 },
  { key: 'backups/snapshots/58f2a6c0d4e97b1385c0e6f2a9d4b71c3e5f8a0629d7c4b1e8f3a5d06c9b2e74', size: 262 },
];

/** Somebody's export, dropped at the root. */
export const rootObject: DemoObject = { key: 'export.csv', body: 'day,events\n2026-11-23,49\n' };
