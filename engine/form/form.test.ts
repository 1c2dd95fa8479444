import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import { derivedFunctions } from '../model/policy.ts';
import { choicesFor } from './choices.ts';
import { fileForm } from './file-form.ts';
import type { FormAction } from './form-action.ts';
import { fileFormEdits } from './file-form-edits.ts';
import type { BlockForm, EntryForm, FileForm, ListForm, PolicyForm, RuleForm } from './form.ts';

/** Comments between and behind the lines, so that every edit meets some. */
function withComments(text: string): string {
  let number = 0;
  return text
    .split('\n')
    .flatMap((line) => {
      const [, indent] =
        /^( *)(?:- )?(?:id|title|cite|when|require|otherwise|then|message|unless|value|line\.\w+): /.exec(
          line,
        ) ?? [];
      if (indent === undefined) return [line];
      number += 1;
      const above = number % 2 ? [`${indent}# above ${number}.`] : [];
      const behind = /: [\w$.-]+$/.test(line) || /[\]}]$/.test(line) ? ` # behind ${number}.` : '';
      return [...above, line + behind];
    })
    .join('\n');
}

const files = shippedFiles()
  .filter(({ path }) => path.startsWith('rules/'))
  .map(({ path, text }) =>
    /\.(?:policy|list)\.yaml$/.test(path) ? { path, text: withComments(text) } : { path, text },
  );
const workspace = createWorkspace(files);
const textOf = new Map(files.map(({ path, text }) => [path, text]));
const policyPaths = files.map(({ path }) => path).filter((path) => path.endsWith('.policy.yaml'));
const listPaths = files.map(({ path }) => path).filter((path) => path.endsWith('.list.yaml'));

function commentsIn(text: string): readonly string[] {
  return text.match(/# (?:above|behind) \d+\./g) ?? [];
}

function policyForm(path: string): PolicyForm {
  return fileForm(workspace, path) as PolicyForm;
}

/** The form after an action, and the text from which it was made. */
function after(path: string, action: FormAction): { text: string; form: FileForm; focus: string | null } {
  const before = textOf.get(path)!;
  const { edits, focus } = fileFormEdits(workspace, path, before, action);
  const text = applyTextEdits(before, edits);
  const form = fileForm(updateWorkspace(workspace, [{ path, text }]), path);
  if (!form) throw new Error(`no form of\n${text}`);
  return { text, form, focus };
}

function blocksOf(block: BlockForm): readonly BlockForm[] {
  const inner = block.entries.flatMap((entry) =>
    entry.kind === 'group' ? entry.blocks : entry.kind === 'nested' ? [entry.block] : [],
  );
  return [block, ...inner.flatMap(blocksOf)];
}

function blocksIn(rule: RuleForm): readonly BlockForm[] {
  return [rule.when, rule.require, rule.unless].flatMap(blocksOf);
}

/** A block as a word or two for each thing in it. */
function show(block: BlockForm): string {
  return `{ ${block.entries.map(showEntry).join(', ')} }`;
}

function showEntry(entry: EntryForm): string {
  switch (entry.kind) {
    case 'test':
      return `${entry.fact.written} ${entry.operator} ${JSON.stringify(entry.operand)}`;
    case 'group':
      return `${entry.word} ${entry.blocks.map(show).join(' ')}`;
    case 'nested':
      return `${entry.word} ${show(entry.block)}`;
    case 'named':
      return `condition ${entry.name.text}`;
    case 'odd':
      return `odd ${entry.text}`;
  }
}

describe('of every shipped file', () => {
  it.each([...policyPaths, ...listPaths])('%s has a form that shows everything', (path) => {
    const form = fileForm(workspace, path)!;
    expect(form.leftovers).toEqual([]);
    expect(JSON.stringify(form)).not.toMatch(/"kind":"odd"/);
    if (form.kind === 'policy') {
      expect(form.rules.length).toBe(textOf.get(path)!.match(/^ *- id:/gm)!.length);
      for (const rule of form.rules) {
        expect(rule.leftovers).toEqual([]);
        expect(blocksIn(rule).map(({ instead }) => instead)).not.toContainEqual(expect.any(String));
      }
    } else expect(form.entries.length).toBeGreaterThan(0);
  });
});

describe('what the form has no place for is shown as it is written', () => {
  const path = 'rules/a.policy.yaml';
  const text = (more: string, rule = '') =>
    `policy: a\ntitle: A\nkind: billing\neffective: { from: 2024-01-01 }\n${more}rules:\n  - id: one\n    title: One\n    when: { line.code: 97530 }\n    then: deny\n${rule}`;
  const odd = (content: string) => {
    const form = fileForm(createWorkspace([{ path, text: content }]), path) as PolicyForm;
    return [...form.leftovers, ...form.rules.flatMap(({ leftovers }) => leftovers)].map((each) => each.text);
  };
  const cases: readonly [name: string, content: string, shown: readonly string[]][] = [
    ['nothing', text(''), []],
    ['a key that is not known', text('colour: blue\n'), ['colour: blue']],
    ['parameters that are a list', text('parameters: [a]\n'), ['parameters: [a]']],
    ['a key within a rule', text('', '    colour: { x: 1 }\n'), ['colour: { x: 1 }']],
    ['a second outcome', text('', '    otherwise: deny\n'), ['otherwise: deny']],
    ['a rule that is a word', text('', '  - word\n'), ['word']],
  ];
  it.each(cases)('%s', (_, content, shown) => expect(odd(content)).toEqual(shown));

  it.each([
    ['an operator that is not known', 'when: { line.code: { iz: 97530 } }'],
    ['a fact that is not known', 'when: { line.kode: 97530 }'],
    ['an operand of another kind', 'when: { line.code: { is: [97530] } }'],
    ['a condition that is a word', 'when: word'],
    ['a group without a list', 'when: { any: { line.code: 97530 } }'],
  ])('%s', (_, condition) => {
    const form = fileForm(
      createWorkspace([{ path, text: text('').replace('when: { line.code: 97530 }', condition) }]),
      path,
    );
    expect(JSON.stringify(form)).toMatch(/"kind":"odd"|"instead":"word"/);
  });

  it('a text with a syntax error has no form', () => {
    expect(fileForm(createWorkspace([{ path, text: 'policy: [a\ntitle: A\n' }]), path)).toBe(null);
  });
});

/** An action on a random rule, and what the form must say of it afterwards. */
interface Promised {
  readonly action: FormAction;
  readonly expected: (form: PolicyForm) => void;
  /** Comments may go with what is taken out or replaced. */
  readonly takesOut?: boolean;
}

type Chooser = <T>(items: readonly T[]) => T;

const promises: Readonly<
  Record<string, (form: PolicyForm, rule: RuleForm, choose: Chooser) => Promised | null>
> = {
  'a title set': (_, rule) => ({
    action: { kind: 'set', path: rule.title.path, value: "It's new: {x} #1" },
    expected: (form) => expect(form.rules[rule.index]!.title.text).toBe("It's new: {x} #1"),
  }),
  'an outcome set': (_, rule, choose) => {
    const value = choose(['deny', 'review', 'advise']);
    return {
      action: { kind: 'set', path: rule.outcome.path, value },
      expected: (form) =>
        expect(form.rules[rule.index]!.outcome).toMatchObject({ text: value, path: rule.outcome.path }),
    };
  },
  'a remark set': (_, rule) => ({
    action: { kind: 'set', path: rule.remark.path, value: 'Look here' },
    expected: (form) => expect(form.rules[rule.index]!.remark.text).toBe('Look here'),
  }),
  'a day received set': (_, rule, choose) => {
    const end = choose(['from', 'to'] as const);
    return {
      action: { kind: 'set', path: rule.received[end].path, value: '2020-04-15' },
      expected: (form) => {
        expect(form.rules[rule.index]!.received[end].text).toBe('2020-04-15');
        expect(form.rules[rule.index]!.leftovers).toEqual(rule.leftovers);
      },
    };
  },
  'days received taken out': (_, rule) =>
    rule.received.at === null
      ? null
      : {
          action: { kind: 'clear', path: rule.received[rule.received.from.at ? 'from' : 'to'].path },
          takesOut: true,
          expected: (form) => expect(form.rules[rule.index]!.received.at).toBeNull(),
        },
  'citations set': (_, rule, choose) => {
    const { clauses } = choicesFor(workspace, policyPaths[0]!);
    const kept = rule.cite.cites.filter(() => choose([true, false]));
    const cites = [...kept, ...[choose(clauses).cite].filter((cite) => !kept.includes(cite))];
    return {
      action: { kind: 'set-cites', path: rule.cite.path, cites },
      expected: (form) => expect(form.rules[rule.index]!.cite.cites.toSorted()).toEqual(cites.toSorted()),
    };
  },
  'a test added': (form, rule, choose) => {
    const block = choose(blocksIn(rule));
    const fact = choose(choicesFor(workspace, form.path).facts).written;
    const before = blocksIn(rule).map(show).join();
    return {
      action: { kind: 'add-test', block: block.path, fact },
      expected: (now) => {
        const blocks = blocksIn(now.rules[rule.index]!);
        expect(blocks.map(show).join()).not.toBe(before);
        expect(
          blocks
            .flatMap((each) => each.entries)
            .some((entry) => entry.kind === 'test' && entry.fact.written === fact),
        ).toBe(true);
        expect(blocks.map(show).join().length).toBeGreaterThan(before.length);
      },
    };
  },
  'a group added': (form, rule, choose) => {
    const block = choose(blocksIn(rule));
    const word = choose(['all', 'any', 'not', 'anyOtherLine', 'noOtherLine'] as const);
    return {
      action: { kind: 'add-group', block: block.path, word, fact: 'record.minutes' },
      expected: (now) =>
        expect(
          blocksIn(now.rules[rule.index]!)
            .flatMap((each) => each.entries)
            .some((entry) => (entry.kind === 'group' || entry.kind === 'nested') && entry.word === word),
        ).toBe(true),
    };
  },
  'an alternative added': (_, rule, choose) => {
    const groups = blocksIn(rule).flatMap((block) =>
      block.entries.flatMap((entry) => (entry.kind === 'group' ? [entry] : [])),
    );
    if (groups.length === 0) return null;
    const group = choose(groups);
    return {
      action: { kind: 'add-alternative', group: group.path, fact: 'record.minutes' },
      expected: (now) => {
        const groupsNow = blocksIn(now.rules[rule.index]!).flatMap((block) => block.entries);
        const same = groupsNow.find((entry) => entry.key === group.key);
        expect(same?.kind === 'group' && same.blocks.map(show)).toEqual([
          ...group.blocks.map(show),
          '{ record.minutes atLeast {"kind":"literal","text":"15"} }',
        ]);
      },
    };
  },
  'a condition taken out': (_, rule, choose) => {
    const entries = blocksIn(rule).flatMap((block) => block.entries);
    if (entries.length === 0) return null;
    const entry = choose(entries);
    const shown = showEntry(entry);
    const count = (now: RuleForm) =>
      blocksIn(now)
        .flatMap((block) => block.entries)
        .filter((each) => showEntry(each) === shown).length;
    return {
      action: { kind: 'clear', path: entry.path },
      takesOut: true,
      expected: (now) => expect(count(now.rules[rule.index]!)).toBe(count(rule) - 1),
    };
  },
  'another operator': (form, rule, choose) => {
    const tests = blocksIn(rule).flatMap((block) =>
      block.entries.flatMap((entry) => (entry.kind === 'test' ? [entry] : [])),
    );
    if (tests.length === 0) return null;
    const test = choose(tests);
    const { facts, operators } = choicesFor(workspace, form.path);
    const choice = choose(operators[facts.find(({ written }) => written === test.fact.written)!.type]!);
    const siblings = tests.filter((each) => each.factPath.join() === test.factPath.join() && each !== test);
    if (siblings.some(({ operator }) => operator === choice.operator)) return null;
    return {
      action: {
        kind: 'change-operator',
        path: test.path,
        factPath: test.factPath,
        operator: choice.operator,
        ...(choice.documented === null ? {} : { documented: choice.documented }),
      },
      takesOut: true,
      expected: (now) => {
        const found = blocksIn(now.rules[rule.index]!)
          .flatMap((block) => block.entries)
          .flatMap((entry) =>
            entry.kind === 'test' && entry.factPath.join() === test.factPath.join() ? [entry] : [],
          );
        const changed = found.find(({ operator }) => operator === choice.operator)!;
        expect(changed.operand.kind).not.toMatch(/odd|nothing/);
        if (changed.operator === test.operator && choice.documented === null)
          expect(changed.operand).toEqual(test.operand);
        if (choice.documented !== null)
          expect(changed.operand).toEqual({ kind: 'literal', text: String(choice.documented) });
      },
    };
  },
  'another fact': (form, rule, choose) => {
    const tests = blocksIn(rule).flatMap((block) =>
      block.entries.flatMap((entry) => (entry.kind === 'test' ? [entry] : [])),
    );
    if (tests.length === 0) return null;
    const test = choose(tests);
    const fact = choose(choicesFor(workspace, form.path).facts);
    const block = test.factPath.slice(0, -1).join();
    if (
      tests.some((each) => each.factPath.slice(0, -1).join() === block && each.fact.written === fact.written)
    )
      return null;
    return {
      action: { kind: 'change-fact', factPath: test.factPath, fact: fact.written },
      takesOut: true,
      expected: (now) => {
        const changed = blocksIn(now.rules[rule.index]!)
          .flatMap((each) => each.entries)
          .find(
            (entry) =>
              entry.kind === 'test' &&
              entry.factPath.slice(0, -1).join() === block &&
              entry.fact.written === fact.written,
          );
        expect(changed).toMatchObject({
          kind: 'test',
          operand: { kind: expect.not.stringMatching(/odd|nothing/) },
        });
      },
    };
  },
  'a rule added': (form, rule) => ({
    action: { kind: 'add-rule', index: rule.index + 1 },
    expected: (now) => {
      expect(now.rules.map(({ id }) => id.text)).toEqual(
        form.rules.map(({ id }) => id.text).toSpliced(rule.index + 1, 0, 'new-rule'),
      );
    },
  }),
  'a rule once more': (form, rule) => ({
    action: { kind: 'duplicate-rule', index: rule.index },
    expected: (now) => {
      expect(now.rules.length).toBe(form.rules.length + 1);
      const copy = now.rules[rule.index + 1]!;
      expect(copy.id.text).toMatch(new RegExp(`^${rule.id.text!.replace(/-\d+$/, '')}-\\d+$`));
      expect({ ...copy.title, at: 0, key: 0, path: 0 }).toEqual({ ...rule.title, at: 0, key: 0, path: 0 });
      expect(blocksIn(copy).map(show)).toEqual(blocksIn(rule).map(show));
    },
  }),
  'a rule moved': (form, rule, choose) => {
    const to = choose(form.rules).index;
    const ids = form.rules.map(({ id }) => id.text);
    return {
      action: { kind: 'move', list: ['rules'], from: rule.index, to },
      expected: (now) =>
        expect(now.rules.map(({ id }) => id.text)).toEqual(
          ids.toSpliced(rule.index, 1).toSpliced(to, 0, ids[rule.index]!),
        ),
    };
  },
  'a rule taken out': (form, rule) => ({
    action: { kind: 'clear', path: rule.path },
    takesOut: true,
    expected: (now) =>
      expect(now.rules.map(({ id }) => id.text)).toEqual(
        form.rules.map(({ id }) => id.text).toSpliced(rule.index, 1),
      ),
  }),
  'a parameter added and used': (_, rule, choose) => {
    const tests = blocksIn(rule)
      .flatMap((block) => block.entries)
      .flatMap((entry) => (entry.kind === 'test' && entry.wanted.kind === 'one' ? [entry] : []));
    if (tests.length === 0) return null;
    const test = choose(tests);
    return {
      action: { kind: 'add-parameter', name: 'newLimit', value: '9', unit: 'minutes', use: test.operandPath },
      takesOut: true,
      expected: (now) => {
        expect(now.parameters.find(({ name }) => name === 'newLimit')!.values[0]!.value.text).toBe('9');
        expect(JSON.stringify(now.rules[rule.index])).toContain(
          '{"kind":"name","name":"newLimit","refers":"parameter"}',
        );
      },
    };
  },
  'another calculation of a figure': (form, _, choose) => {
    if (form.figures.length === 0) return null;
    const figure = choose(form.figures);
    const to = choose(derivedFunctions);
    return {
      action: { kind: 'change-calculation', path: figure.path, to },
      expected: (now) => {
        const changed = now.figures.find(({ name }) => name === figure.name)!;
        expect(changed.calculation).toBe(to);
        expect(show(changed.where)).toBe(show(figure.where));
        expect(now.problems[changed.of.key] ?? []).toEqual([]);
      },
    };
  },
  'a named condition made': (form) => ({
    action: { kind: 'add-test', block: ['conditions', 'newOne'], fact: 'line.code' },
    expected: (now) => expect(now.conditions.length).toBe(form.conditions.length + 1),
  }),
  'a parameter with a new value from a day': (form, _, choose) => {
    if (form.parameters.length === 0) return null;
    const parameter = choose(form.parameters);
    return {
      action: { kind: 'date-parameter', path: parameter.path, from: '2030-01-01', value: '12' },
      expected: (now) => {
        const values = now.parameters.find(({ name }) => name === parameter.name)!.values;
        expect(values.map(({ value }) => value.text ?? value.items)).toEqual([
          ...parameter.values.map(({ value }) => value.text ?? value.items),
          '12',
        ]);
        expect(values.at(-1)!.from.text).toBe('2030-01-01');
        expect(values.every(({ from }) => from.text !== null)).toBe(true);
      },
    };
  },
};

describe('every action on every shipped policy keeps its promise, all comments and every other line', () => {
  it.each(Object.keys(promises))('%s', (name) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...policyPaths),
        fc.nat(),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (path, pick, numbers) => {
          let at = 0;
          const choose: Chooser = (items) => items[numbers[at++ % numbers.length]! % items.length]!;
          const form = policyForm(path);
          const rule = form.rules[pick % form.rules.length]!;
          const promised = promises[name]!(form, rule, choose);
          if (!promised) return;
          const before = textOf.get(path)!;
          const { text, form: now } = after(path, promised.action);
          promised.expected(now as PolicyForm);
          if (!promised.takesOut) {
            const kept = commentsIn(text);
            expect(commentsIn(before).filter((comment) => !kept.includes(comment))).toEqual([]);
          }
          // Nothing outside the rule changes but what the action is about.
          const others = (it: PolicyForm) =>
            it.rules.flatMap((each) =>
              each.id.text === rule.id.text
                ? []
                : [{ id: each.id.text, text: textOfRule(it === form ? before : text, each) }],
            );
          const otherIds = others(form).map(({ id }) => id);
          expect(
            others(now as PolicyForm)
              .filter(({ id }) => otherIds.includes(id))
              .toSorted(byId),
          ).toEqual(others(form).toSorted(byId));
        },
      ),
      { numRuns: 60 },
    );
  });
});

function byId(a: { id: string | null }, b: { id: string | null }): number {
  return (a.id ?? '') < (b.id ?? '') ? -1 : 1;
}

function textOfRule(text: string, rule: RuleForm): string {
  return text.slice(rule.at!.from, rule.at!.to).replace(/\s+(?:# .*\s*)*$/, '');
}

describe('lists', () => {
  it.each(listPaths)('%s: an entry added in its order, changed, dated, cited and taken out', (path) => {
    const form = fileForm(workspace, path) as ListForm;
    const pair = form.of.text === 'pair';
    const added = after(path, {
      kind: 'add-entry',
      value: '97999',
      columnTwo: pair ? '97530' : null,
      short: 'New',
    });
    const list = added.form as ListForm;
    const entry = list.entries.find(({ key }) => key === added.focus)!;
    expect([entry.value.text, entry.columnTwo?.text ?? null, entry.short.text]).toEqual([
      '97999',
      pair ? '97530' : null,
      'New',
    ]);
    expect(list.entries.length).toBe(form.entries.length + 1);
    expect(commentsIn(added.text)).toEqual(commentsIn(textOf.get(path)!));

    const last = form.entries.at(-1)!;
    const dated = after(path, { kind: 'set', path: last.from.path, value: '2024-01-01' });
    expect((dated.form as ListForm).entries.at(-1)!.from.text).toBe('2024-01-01');
    expect(commentsIn(dated.text)).toEqual(commentsIn(textOf.get(path)!));

    const cited = after(path, {
      kind: 'set-cites',
      path: last.cite.path,
      cites: ['hns-97530#increments', 'a#b'],
    });
    expect((cited.form as ListForm).entries.at(-1)!.cite.cites).toEqual(['hns-97530#increments', 'a#b']);

    const without = after(path, { kind: 'clear', path: last.path });
    expect((without.form as ListForm).entries.length).toBe(form.entries.length - 1);
  });
});
