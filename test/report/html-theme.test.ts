import { describe, expect, it } from 'vitest';
import { dark, light, type Theme } from '../../src/report/html/theme.ts';

/** The luminance of a colour `#rrggbb` (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

const surfaces: (keyof Theme)[] = ['page', 'card', 'sunken'];
const texts: (keyof Theme)[] = ['ink', 'soft', 'accent', 'error', 'warning', 'note', 'clean'];
const grounds = (Object.keys(light) as (keyof Theme)[]).filter((name) => /^(ground|mark)/.test(name));

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, theme) => {
  it('knows black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });

  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)))(
    'lets %s be read on %s',
    (text, surface) => {
      expect(contrast(theme[text], theme[surface])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(grounds)('lets names be read on the tiles: %s', (ground) => {
    expect(contrast(theme.ink, theme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it('lets the pressed button be read', () => {
    expect(contrast(theme.card, theme.accent)).toBeGreaterThanOrEqual(4.5);
  });
});
