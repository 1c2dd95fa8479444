import type { YamlValue } from '../../yaml/write-yaml.ts';
import { setYaml } from '../../yaml/edit-yaml.ts';
import { clausesFor } from './cite.ts';
import { inFile } from './fix.ts';
import { firstDay, ruleSkeleton } from './missing-key.ts';
import type { Fixer } from './fix.ts';

/** One value where a block must stand: the block in which the value has its key. */
export const asBlock: Fixer = (mistake) => {
  const { at, text, diagnostic } = mistake;
  if (!at || at.node.kind !== 'scalar' || at.node.isNull || !/must be a block/.test(diagnostic.message))
    return [];
  const value = at.node.text;
  const block = ((): YamlValue | null => {
    if (at.path[0] === 'parameters') {
      const cite = clausesFor(mistake, String(at.path[1]))[0]?.cite;
      return { value, ...(cite ? { cite } : {}) };
    }
    if (at.path[0] === 'effective' || at.path.at(-1) === 'received') return { from: value };
    if (at.path[0] === 'entries') return { value };
    return null;
  })();
  return block === null ? [] : inFile(mistake, 'Make it a block', setYaml(text, at.path, block));
};

/** A block or list that holds nothing: something to begin with. */
export const fillBlock: Fixer = (mistake) => {
  const { at, text, diagnostic } = mistake;
  if (!at) return [];
  const test = { 'record.minutes': { documented: 'true' } };
  const value = ((): YamlValue | null => {
    if (/condition says nothing/.test(diagnostic.message)) return test;
    if (/holds no condition/.test(diagnostic.message)) return [test];
    if (/not tested for anything/.test(diagnostic.message)) return { documented: 'true' };
    if (at.path.at(-1) === 'received') return { from: firstDay(mistake) };
    if (at.path[0] === 'rules') return [ruleSkeleton(mistake)];
    if (at.path[0] === 'lines') return [{ code: '97530', units: '1' }];
    return null;
  })();
  return value === null ? [] : inFile(mistake, 'Add something to begin with', setYaml(text, at.path, value));
};
