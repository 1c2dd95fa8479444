import { fileKind } from '../../workspace/read-file.ts';
import { factKeys, vocabularyKeys } from '../../facts/parse-vocabulary.ts';
import { encounterKeys } from '../../facts/read-encounter.ts';
import { entryKeys, listKeys } from '../../language/parse-list.ts';
import { parameterKeys, policyKeys, ruleKeys, timeRuleKeys } from '../../language/parse-policy.ts';
import { approvalKeys, settingsKeys } from '../../language/parse-settings.ts';
import { clauseKeys, sourceKeys } from '../../language/parse-source.ts';
import { listKinds, policyKinds, timeMethods } from '../../language/syntax.ts';
import { decisions } from '../../evaluate/outcome.ts';
import { caseKeys, subjectKeys, suiteKeys } from '../../suites/parse-suite.ts';
import type { YamlPath } from '../../yaml/edit-yaml.ts';
import { setYaml } from '../../yaml/edit-yaml.ts';
import type { YamlMap } from '../../yaml/parse-yaml.ts';
import type { YamlValue } from '../../yaml/write-yaml.ts';
import { nodeAt, textOf } from '../tree.ts';
import { addKey, idFrom, inFile, titleFrom } from './fix.ts';
import type { Fixer, Mistake } from './fix.ts';

/** The key that is missing, with what could well stand behind it. */
export const addMissingKey: Fixer = (mistake) => {
  const key = /has no `(\w+)`$/.exec(mistake.diagnostic.message)?.[1];
  const block = key === undefined ? null : blockOf(mistake);
  if (key === undefined || !block) return missingBase(mistake);
  return valuesFor(key, block, mistake).flatMap((value) =>
    addKey(mistake, block.path, key, value, orderOf(block, mistake)),
  );
};

interface BlockAt {
  readonly node: YamlMap;
  readonly path: YamlPath;
}

function blockOf({ at, file }: Mistake): BlockAt | null {
  if (at?.node.kind === 'map') return { node: at.node, path: at.path };
  return at === null && file.root?.kind === 'map' ? { node: file.root, path: [] } : null;
}

/** In which order keys are written; a new one stands where it belongs. */
function orderOf({ path }: BlockAt, { file: { kind } }: Mistake): readonly string[] {
  const depth = path.length;
  if (kind === 'policy') {
    if (depth === 0) return policyKeys;
    if (path[0] === 'rules') return ruleKeys;
    if (path[0] === 'timeRule') return timeRuleKeys;
    return path[0] === 'parameters' ? parameterKeys : ['from', 'to'];
  }
  if (kind === 'list') return depth === 0 ? listKeys : entryKeys;
  if (kind === 'source') return depth === 0 ? sourceKeys : clauseKeys;
  if (kind === 'vocabulary') return depth === 0 ? vocabularyKeys : factKeys;
  if (kind === 'settings') return depth === 0 ? settingsKeys : approvalKeys;
  if (kind === 'encounter')
    return depth === 0 ? encounterKeys : ['code', 'modifiers', 'units', 'date', 'payer'];
  if (depth === 0) return suiteKeys;
  return depth === 2 ? caseKeys : subjectKeys;
}

/** What can stand behind the key, likeliest first: several where there is a choice to make. */
function valuesFor(key: string, { node, path }: BlockAt, mistake: Mistake): readonly YamlValue[] {
  const { workspace, file } = mistake;
  const name = /([\w-]+)\/[^/]*$/.exec(file.path)?.[1] ?? 'example';
  const own = file.path.split('/').at(-1)!.split('.')[0]!;
  switch (key) {
    case 'policy':
      return [idFrom(name) || 'new-policy'];
    case 'list':
    case 'source':
    case 'vocabulary':
    case 'settings':
    case 'suite':
    case 'encounter':
      return [idFrom(own) || `new-${key}`];
    case 'title':
      return [titleFrom(textOf(node.entries[0]?.value) || own)];
    case 'kind':
      return policyKinds;
    case 'effective':
      return [{ from: firstDay(mistake) }];
    case 'from':
      return [firstDay(mistake)];
    case 'date':
      return ['2024-03-04'];
    case 'rules':
      return [[ruleSkeleton(mistake)]];
    case 'id':
      return [freeId(path, idFrom(textOf(nodeAt(node, 'title'))), mistake)];
    case 'method':
      return timeMethods;
    case 'codes':
      return workspace.lists.flatMap(({ id, of }) => (of === 'code' ? [`$${id}`] : [])).slice(0, 6);
    case 'in':
      return workspace.lists.flatMap(({ id, of }) => (of === 'pair' ? [`$${id}`] : []));
    case 'of':
      return listKinds;
    case 'entries':
      return [
        textOf(nodeAt(node, 'of')) === 'pair'
          ? [{ columnOne: '97530', columnTwo: '97140' }]
          : [{ value: exampleOf(textOf(nodeAt(node, 'of'))) }],
      ];
    case 'value':
      return ['1'];
    case 'columnOne':
    case 'columnTwo':
    case 'code':
      return ['97530'];
    case 'clauses':
      return [[{ id: 'first', text: 'Say here in your own words what the page says.' }]];
    case 'text':
      return ['Say here in your own words what the page says.'];
    case 'cases':
      return [[{ id: 'as-recorded', expect: 'pay' }]];
    case 'expect':
      return ['pay'];
    case 'decision':
      return decisions;
    case 'visit':
      return [{ date: '2024-03-04', payer: aPayer(mistake) }];
    case 'payer':
      return [...new Set([aPayer(mistake), ...(workspace.payers ?? [])])].slice(0, 6);
    case 'lines':
      return [[{ code: '97530', units: '1' }]];
    case 'units':
      return ['1'];
    case 'facts':
      return [[{ path: 'record.equipment', type: 'text', meaning: 'What was used.' }]];
    case 'path':
      return ['record.equipment'];
    case 'type':
      return ['text', 'number', 'date', 'boolean', 'choice'];
    case 'values':
      return [['first', 'second']];
    case 'meaning':
      return ['Say here in one sentence what it means.'];
    case 'fact':
      return ['line.code'];
    case 'days':
      return ['30'];
    case 'owner':
      return ['Compliance'];
    case 'reason':
      return ['Say here why it is not as it should be.'];
    case 'until':
      return ['2027-01-01'];
    default:
      return [];
  }
}

function exampleOf(kind: string): string {
  const examples: Readonly<Record<string, string>> = {
    modifier: 'GP',
    diagnosis: 'M54.50',
    payer: 'hns',
    text: 'words',
  };
  return examples[kind] ?? '97530';
}

/** The first day of a policy: as its file is called, else of the policy's other numbers, else the year's. */
export function firstDay({ file }: Mistake): string {
  const named = /(\d{4}-\d{2}-\d{2})\.policy\.ya?ml$/.exec(file.path)?.[1];
  const own = file.root ? textOf(nodeAt(nodeAt(file.root, 'effective'), 'from')) : '';
  return (own || named) ?? '2024-01-01';
}

function aPayer({ workspace, file }: Mistake): string {
  const known = [...(workspace.payers ?? [])];
  return known.find((payer) => file.path.includes(`/${payer}/`)) ?? known[0] ?? 'hns';
}

/** A rule that can be read at once, with everything a rule should say. */
export function ruleSkeleton(mistake: Mistake): YamlValue {
  const source = mistake.workspace.sources[0];
  const clause = source?.clauses[0];
  return {
    id: 'first-rule',
    title: 'Say here what is required',
    ...(source && clause ? { cite: `${source.id}#${clause.id}` } : {}),
    require: { 'record.minutes': { documented: 'true' } },
    otherwise: 'review',
  };
}

function freeId(path: YamlPath, wanted: string, { file }: Mistake): string {
  const what = { rules: 'rule', cases: 'case', clauses: 'clause' }[String(path[0])] ?? 'entry';
  const list = file.root ? nodeAt(file.root, String(path[0])) : undefined;
  const taken = new Set(list?.kind === 'list' ? list.items.map((item) => textOf(nodeAt(item, 'id'))) : []);
  const first = wanted || `${what}-${Number(path[1]) + 1}`;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? first : `${first}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** A suite or a case without an encounter to start from: those in the suite's own folder first. */
function missingBase(mistake: Mistake): ReturnType<Fixer> {
  const { diagnostic, workspace, file, text, at } = mistake;
  if (!diagnostic.message.endsWith('no encounter to start from')) return [];
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const near = workspace.encounters
    .filter(({ path }) => path.startsWith(folder) && fileKind(path) === 'encounter')
    .map(({ path }) => path.slice(folder.length))
    .slice(0, 6);
  return near.flatMap((base) => [
    ...inFile(
      mistake,
      `Let every case of the suite start from ${base}`,
      setYaml(text, ['base'], base, suiteKeys),
    ),
    ...(at && near.length < 4
      ? inFile(
          mistake,
          `Let this case start from ${base}`,
          setYaml(text, [...at.path, 'base'], base, caseKeys),
        )
      : []),
  ]);
}
