import type { S3Client } from '@aws-sdk/client-s3';

/** One S3 that is asked, and where in it. */
export interface Asked {
  client: S3Client;
  url: string;
  bucket: string;
  /** A bucket whose settings are all set. */
  settled: string;
}

/** A question that every S3 can answer, with an answer that can be compared. */
export interface Question {
  name: string;
  ask(asked: Asked): Promise<unknown>;
  /** Where the two answer differently, and why that is right. Both answers are held, so that a change is seen. */
  differs?: { because: string; radosgw: unknown; small: unknown };
}

/** What came of a request: the value, or status and code of the refusal. */
export async function answerOf<T>(request: Promise<T>): Promise<T | { status: number | undefined; code: string }> {
  try {
    return await request;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    if ($metadata === undefined) throw error;
    return { status: $metadata.httpStatusCode, code: name };
  }
}

/** A request as a browser sends it: unsigned, its query as it stands. @returns status and code. */
export async function unsigned({ url }: Asked, path: string): Promise<{ status: number; code: string | undefined }> {
  const response = await fetch(`${url}/${path}`);
  return { status: response.status, code: /<Code>([^<]*)<\/Code>/.exec(await response.text())?.[1] };
}
