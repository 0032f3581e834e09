import { errorDocument } from './xml.ts';

/** What the server is about to send; faults work on this. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A refusal, thrown by whoever notices it. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? {};
    this.headers = more.headers ?? {};
  }
}

const xmlHeaders = { 'content-type': 'application/xml' };

export const xmlAnswer = (text: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { ...xmlHeaders, ...headers },
  body: Buffer.from(text, 'utf8'),
});

export const errorAnswer = ({ status, code, message, fields, headers }: S3Error, requestId: string): Answer => ({
  status,
  headers: { ...xmlHeaders, ...headers },
  body: Buffer.from(
    errorDocument({ Code: code, Message: message, ...fields, RequestId: requestId, HostId: 'host' }),
    'utf8',
  ),
});
