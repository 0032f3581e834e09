import { styleText } from 'node:util';
import type { Severity } from '../findings/kinds.ts';

type Paint = (text: string) => string;

/** How the text report stresses things; without colour, not at all. */
export interface Colours {
  severity: Record<Severity, Paint>;
  strong: Paint;
  faint: Paint;
  command: Paint;
}

const plain: Paint = (text) => text;

const styled =
  (...format: Extract<Parameters<typeof styleText>[0], readonly unknown[]>): Paint =>
  (text) =>
    // Whether to colour was decided by who knows the stream; Node must not think again.
    text === '' ? '' : styleText(format, text, { validateStream: false });

export const coloursFor = (colour: boolean): Colours =>
  colour
    ? {
        severity: { error: styled('red'), warning: styled('yellow'), note: styled('blue') },
        strong: styled('bold'),
        faint: styled('dim'),
        command: styled('cyan'),
      }
    : { severity: { error: plain, warning: plain, note: plain }, strong: plain, faint: plain, command: plain };
