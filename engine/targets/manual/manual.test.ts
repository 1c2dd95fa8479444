import { describe, expect, it } from 'vitest';
import { lower } from '../../intermediate/lower.ts';
import { shippedFiles } from '../../testing/workspace-on-disk.ts';
import { createWorkspace } from '../../workspace/workspace.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { anchor, badge, decisionSigns, webLink } from './html.ts';
import { manual } from './target.ts';

describe('names of places in the manual', () => {
  it.each([
    [['list', 'timed-codes'], 'list.timed-codes'],
    [['list', 'a b'], 'list.a_20_b'],
    [['list', 'a_20_b'], 'list.a_5f_20_5f_b'],
    [['a.b'], 'a_2e_b'],
  ])('%j is %s', (parts, written) => {
    expect(anchor(...parts)).toBe(written);
  });
});

describe('addresses', () => {
  it.each([
    [
      'https://example.org/a',
      '<a href="https://example.org/a" rel="noopener noreferrer">https://example.org/a</a>',
    ],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['"><script>', '&quot;&gt;&lt;script&gt;'],
  ])('%s', (address, written) => {
    expect(webLink(address)).toBe(written);
  });
});

it('decisions are told apart by shape and word, not by colour alone', () => {
  const signs = Object.values(decisionSigns);
  expect(new Set(signs.map(({ shape }) => shape)).size).toBe(signs.length);
  expect(badge('deny')).toBe('<span class="decision deny"><span aria-hidden="true">✕</span> Denied</span>');
});

describe('the manual of the shipped policies', () => {
  const files = shippedFiles();
  const workspace = createWorkspace(files);
  const html = manualOf(workspace);
  const all = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, found]) => found!);

  it('is always the same', () => {
    expect(manualOf(workspace)).toBe(html);
  });

  it('has every place that it leads to, and each once', () => {
    const ids = all(/ id="([^"]*)"/g);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(all(/href="#([^"]*)"/g).filter((to) => !ids.includes(to))).toEqual([]);
    expect(all(/aria-labelledby="([^"]*)"/g).filter((to) => !ids.includes(to))).toEqual([]);
  });

  it('has headings in order, without a step left out', () => {
    const levels = all(/<h([1-6])[ >]/g).map(Number);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
  });

  it('has every policy and every rule', () => {
    expect(html).toContain(`<p>${new Set(workspace.policies.map(({ id }) => id)).size} policies, by payer`);
    const titles = workspace.policies.flatMap(({ title, rules }) => [
      title,
      ...rules.map((rule) => rule.title),
    ]);
    expect(titles.filter((title) => !html.includes(`>${title}`))).toEqual([]);
  });

  it('has thresholds, examples, sources and codes', () => {
    expect(html).toContain('<tr><th scope="row">8 to 22 minutes</th><td>1 unit</td></tr>');
    expect(all(/<table class="(examples)">/g).length).toBeGreaterThan(5);
    expect(html).toContain('href="https://healthnetworksolutions.net/index.php/cpt-97530"');
    expect(html).toMatch(/<th scope="row">97530<\/th><td>[^<]+<\/td><td>.*#policy\.hns-97530-code\./);
  });

  it('runs nothing and fetches nothing', () => {
    expect(html).not.toMatch(/<script|<img|<link|<iframe|\son[a-z]+=|@import|url\(/);
    expect(html).not.toMatch(/undefined|\[object|\b(?:record|derived)\.[a-z]/);
  });

  it('can be gone through without the contents, and says of pairs and undated entries what there is to say', () => {
    expect(html).toContain('<body>\n<a class="skip" href="#text">Go to the text</a>');
    const headsOf = (list: string) =>
      [
        ...html
          .slice(html.indexOf(`id="list.${list}"`))
          .split('</thead>')[0]!
          .matchAll(/<th scope="col">([^<]*)/g),
      ].map(([, head]) => head);
    expect(headsOf('ncci-pairs-never')).toEqual(['Entry', 'In force']);
    expect(headsOf('timed-codes')).toEqual(['Entry', 'What it is']);
    expect(html).toContain('<td>always</td>');
    expect(html).not.toContain('<td></td>');
  });

  it('takes what policies say as text', () => {
    const changed = files.map(({ path, text }) => ({
      path,
      text: text.replace(/^title: .*$/m, `title: '<script>alert("&")</script>'`),
    }));
    const other = manualOf(createWorkspace(changed));
    expect(other).not.toContain('<script');
    expect(other).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;');
  });
});

function manualOf(workspace: Workspace): string {
  const program = lower(workspace.policies, workspace.vocabulary);
  return manual.write({ program, workspace, name: 'policies', kit: [] }).files[0]!.text;
}
