import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/entry/markdown.ts';

const plain = { width: 40, colour: false };

describe('a page of Markdown on a terminal', () => {
  it('is wrapped prose under its heading', () => {
    const page =
      '# foreign-prefix\n\nSomebody else writes into the bucket of **Parseable**, see\n[the others](folder-marker.md).\n';
    expect(renderMarkdown(page, plain)).toBe(
      'foreign-prefix\n\nSomebody else writes into the bucket of\nParseable, see the others.\n',
    );
  });

  it('keeps code, commands and tables as they are', () => {
    const page =
      'Look:\n\n```sh\naws s3 ls --recursive "s3://logs/a  b/" | tail -n 1\n```\n\n| a | b |\n|---|---|\n| `1` | 2 |\n';
    expect(renderMarkdown(page, plain)).toBe(
      'Look:\n\n    aws s3 ls --recursive "s3://logs/a  b/" | tail -n 1\n\n| a | b |\n|---|---|\n| `1` | 2 |\n',
    );
  });

  it('never breaks a command inside a sentence', () => {
    const page = 'Then look at it with `aws s3 ls --recursive s3://logs/` once more.';
    expect(renderMarkdown(page, plain)).toBe('Then look at it with\naws s3 ls --recursive s3://logs/ once\nmore.\n');
  });

  it('indents what belongs to a point of a list', () => {
    const page = '- A backup tool that was given the bucket instead of one of its own.\n- Another.\n1. First.';
    expect(renderMarkdown(page, plain)).toBe(
      '- A backup tool that was given the\n  bucket instead of one of its own.\n- Another.\n1. First.\n',
    );
  });

  it('reads the same with colours and without', () => {
    const page = '## What to **do**\n\nRun `aws s3 ls s3://logs` and **think twice before removing anything** of it.\n';
    const coloured = renderMarkdown(page, { width: 40, colour: true });
    expect(coloured).toContain('\u001b[1m');
    expect(stripVTControlCharacters(coloured)).toBe(renderMarkdown(page, plain));
  });
});
