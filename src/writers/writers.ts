import { aws } from './table/aws.ts';
import { backups } from './table/backups.ts';
import { software } from './table/software.ts';
import { tables } from './table/tables.ts';
import { telemetry } from './table/telemetry.ts';
import type { Writer } from './writer.ts';

const table = { ...aws, ...tables, ...telemetry, ...backups, ...software } as const satisfies Record<string, Writer>;

/** The documented id of a writer: docs/writers.md. */
export type WriterId = keyof typeof table;

/** Every writer that can be told from its keys. */
export const writers: Readonly<Record<WriterId, Writer>> = table;

export const isWriter = (id: string): id is WriterId => Object.hasOwn(writers, id);

/** What people call the writer. */
export const writerName = (id: WriterId): string => writers[id].name;
