import { suspect, type Check } from './suspect.ts';

/** Uploads in parts that nobody finished within a week: their parts are paid for and shown by no listing of objects. */
export const incompleteUploads: Check = ({ facts: { uploads } }) =>
  uploads.state !== 'present'
    ? []
    : uploads.value.groups.map(({ subject, uploads: number, bytes, oldest, newest, complete, sample }) =>
        suspect('incomplete-uploads', subject, {
          uploads: number,
          objects: number,
          ...(bytes === null ? {} : { bytes }),
          oldest,
          newest,
          sizeComplete: complete,
          keys: sample,
        }),
      );
