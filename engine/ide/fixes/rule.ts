import { effects } from '../../language/syntax.ts';
import { policyKeys, ruleKeys } from '../../language/parse-policy.ts';
import { renameYamlKey, setYaml } from '../../yaml/edit-yaml.ts';
import { nodeAt } from '../tree.ts';
import { clausesFor } from './cite.ts';
import { addKey, inFile, itemOf, remove, replace, write } from './fix.ts';
import type { Fixer } from './fix.ts';

/** `require` goes with `otherwise`, `when` with `then`. */
export const oneForm: Fixer = (mistake) => {
  const rule = itemOf(mistake.at, 'rules');
  if (!rule) return [];
  const has = (key: string) => nodeAt(rule.node, key) !== undefined;
  const key = has('require') ? 'otherwise' : 'then';
  const other = has('require') ? 'then' : 'otherwise';
  if (has('otherwise') && has('then')) return remove(mistake, [...rule.path, other], `Remove ${other}`);
  if (has(other))
    return inFile(
      mistake,
      `Write ${key} in place of ${other}`,
      renameYamlKey(mistake.text, [...rule.path, other], key),
    );
  if (!has('require') && !has('when')) {
    const value = { 'record.minutes': { documented: 'true' } };
    return addKey(mistake, rule.path, 'require', value, ruleKeys, 'Add a requirement to change');
  }
  return effects.flatMap((effect) => addKey(mistake, rule.path, key, effect, ruleKeys));
};

/** `reduce` where there is nothing to reduce to. */
export const anotherOutcome: Fixer = (mistake) =>
  ['review', 'deny', 'advise'].flatMap((effect) => write(mistake, effect));

/** A denial that rests on hearsay becomes a review. */
export const reviewInstead: Fixer = (mistake) => {
  const rule = itemOf(mistake.at, 'rules');
  if (!rule) return [];
  return ['otherwise', 'then'].flatMap((key) =>
    nodeAt(rule.node, key)
      ? inFile(
          mistake,
          `Review instead: ${key}: review`,
          setYaml(mistake.text, [...rule.path, key], 'review'),
        )
      : [],
  );
};

/** A fact that cannot stand where it does. */
export const whereItCanStand: Fixer = (mistake) => {
  const { diagnostic, written, at } = mistake;
  if (written.startsWith('other.') && !/belongs to a line/.test(diagnostic.message)) {
    return replace(mistake, diagnostic.place, written.slice('other.'.length), 'Leave other. out');
  }
  const rule = itemOf(at, 'rules');
  if (
    rule &&
    nodeAt(rule.node, 'for') &&
    /this rule judges the visit|where a line is not/.test(diagnostic.message)
  )
    return remove(mistake, [...rule.path, 'for'], 'Let the rule judge each line');
  return [];
};

/** The time rule from which the computed facts come, with a list of codes to choose. */
export const addTimeRule: Fixer = (mistake) => {
  const { workspace, text } = mistake;
  const lists = workspace.lists
    .filter(({ of }) => of === 'code')
    .toSorted((a, b) => Number(/time/.test(b.id)) - Number(/time/.test(a.id)));
  const cite = clausesFor(mistake, 'minutes units time increments')[0]?.cite;
  const codes = lists.length > 0 ? lists.slice(0, 3).map(({ id }) => `$${id}`) : [['97530']];
  return codes.flatMap((list) => {
    const value = { method: 'per-service', codes: list, ...(cite ? { cite } : {}) };
    return inFile(
      mistake,
      `Add a time rule for ${String(list)}`,
      setYaml(text, ['timeRule'], value, policyKeys),
    );
  });
};

/** `{minutes}` in a message, as words. */
export const plainWords: Fixer = (mistake) => {
  const words = /^\{(.*)\}$/s.exec(mistake.written)?.[1]?.trim();
  return words ? write(mistake, words, `Write ${words} without braces`) : [];
};
