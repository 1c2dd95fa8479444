import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile, judge, traceOf } from '../evaluate/compile.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { conditionsIn, explainTraces } from '../explain/explain.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import { situations } from '../testing/arbitrary.ts';
import { policyWords, wordsText } from './policy-words.ts';

const vocabulary = createVocabulary();
const naming = { lists: [], sources: [] };

/** What no sentence may hold: names of the machine, a value that is none, a word said twice, a gap. */
const slips =
  /undefined|\[object|NaN|\bnull\b(?!”)|\b(?:is|are|must|not|be) \b(?:is|are|must)\b|\bnot not\b| {2}|“”|: ,| ,/;

it('every policy can be said, and every verdict explained, without a slip of the tongue', () => {
  fc.assert(
    fc.property(situations(vocabulary, 2), ({ policies, encounters }) => {
      // Random text holds anything; the language is asked about what it adds itself.
      const said = (text: string) => text.replaceAll(/“[^”]*”/g, '“…”');
      for (const policy of policies) {
        const lines = said(wordsText(policyWords(policy, naming))).split('\n');
        expect(lines.filter((line) => slips.test(line.trimStart()))).toEqual([]);
      }
      const program = compile(policies, vocabulary);
      for (const encounter of encounters) {
        const table = factTable(encounter, vocabulary);
        const verdict = verdictOf(judge(program, table));
        const explained = explainTraces(traceOf(program, table), verdict, { ...naming, policies });
        const sentences = explained.flatMap((one) => conditionsIn(one).map(({ sentence }) => said(sentence)));
        expect(sentences.filter((sentence) => slips.test(sentence))).toEqual([]);
      }
    }),
    { numRuns: 120 },
  );
}, 60_000);
