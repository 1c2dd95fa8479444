import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../workspace/workspace.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { formatDay } from '../base/calendar-date.ts';
import { policyWords, wordsText } from './policy-words.ts';

/**
 * Every shipped policy as it reads aloud. Whoever changes a wording reads these files as a compliance officer would.
 * `npx vitest run engine/words -u` writes them anew.
 */
describe('shipped policies in words', () => {
  const workspace = createWorkspace(shippedFiles());
  it.each(workspace.policies.map((policy) => [policy.id, formatDay(policy.from), policy] as const))(
    '%s of %s',
    async (id, from, policy) => {
      const text = wordsText(policyWords(policy, workspace));
      await expect(text).toMatchFileSnapshot(`shipped/${id}.${from}.txt`);
    },
  );

  it('leave no name of the machine in a sentence', () => {
    const texts = workspace.policies.map((policy) => wordsText(policyWords(policy, workspace)));
    expect(
      texts.filter((text) => /\$|\b(?:record|line|derived|visit)\.[a-z]|undefined|\{/.test(text)),
    ).toEqual([]);
  });

  it('give every sentence the place that it says', () => {
    const away = workspace.policies.flatMap((policy) =>
      policyWords(policy, workspace).sections.flatMap(({ paragraphs }) =>
        paragraphs.flatMap(({ sentences }) =>
          sentences.filter(({ place }) => place.path !== policy.place.path),
        ),
      ),
    );
    expect(away).toEqual([]);
  });
});
