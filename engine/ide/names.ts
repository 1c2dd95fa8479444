import type { Place } from '../base/source.ts';
import { placeOf } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import type { ReadFile } from '../workspace/read-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { namesInFile } from './names-in-file.ts';
import type { FileNames, NameKind, WrittenName } from './names-in-file.ts';

/** One place at which a name stands. */
export interface NameAt {
  readonly kind: NameKind;
  /** Equal for all places that name the same thing: `rule hns-97530-time/minimum-time`. */
  readonly key: string;
  readonly name: string;
  readonly role: 'definition' | 'mention';
  readonly path: string;
  /** The whole word: `$timed-codes`. */
  readonly span: Span;
  /** What of it is the name itself: `timed-codes`. */
  readonly nameSpan: Span;
}

/** Every definition and mention in all files. */
export interface NameIndex {
  /** By file, in the order of the text. */
  readonly byPath: ReadonlyMap<string, readonly NameAt[]>;
  /** By what they name; definitions first, then by file and place. */
  readonly byKey: ReadonlyMap<string, readonly NameAt[]>;
  readonly memory: IndexMemory;
}

/** The names of each file by what they were read from, so that a keystroke reads only its own file again. */
type IndexMemory = ReadonlyMap<
  string,
  { readonly from: ReadFile; readonly vocabulary: Vocabulary; readonly names: FileNames }
>;

/** The index of a workspace; `before`, the index of an earlier one, saves reading what has not changed. */
export function indexNames(workspace: Workspace, before: NameIndex | null = null): NameIndex {
  const { vocabulary } = workspace;
  const memory = new Map<string, { from: ReadFile; vocabulary: Vocabulary; names: FileNames }>();
  for (const [path, file] of workspace.memory.read) {
    const known = before?.memory.get(path);
    const same = known?.from === file && known.vocabulary === vocabulary;
    memory.set(path, same ? known : { from: file, vocabulary, names: namesInFile(file, vocabulary) });
  }
  const files = [...memory.values()].map(({ names }) => names);
  const families = familiesOf(files);
  const byPath = new Map<string, readonly NameAt[]>();
  const byKey = new Map<string, NameAt[]>();
  for (const file of files) {
    const names = file.names.flatMap((written) => bindName(written, file, families) ?? []);
    byPath.set(file.path, names);
    for (const name of names) {
      const known = byKey.get(name.key);
      if (known) known.push(name);
      else byKey.set(name.key, [name]);
    }
  }
  for (const names of byKey.values())
    names.sort((a, b) => Number(a.role === 'mention') - Number(b.role === 'mention'));
  return { byPath, byKey, memory };
}

/** The name under an offset: the shortest where one stands within another; an offset behind a name still means it. */
export function nameAt(index: NameIndex, path: string, offset: number): NameAt | null {
  const hits = (index.byPath.get(path) ?? []).filter(({ span }) => span.from <= offset && offset <= span.to);
  const within = hits.filter(({ span }) => offset < span.to);
  const [best] = (within.length > 0 ? within : hits).toSorted(
    (a, b) => a.span.to - a.span.from - (b.span.to - b.span.from),
  );
  return best ?? null;
}

export function placeOfName({ memory }: NameIndex, { path, nameSpan }: NameAt): Place {
  return placeOf(memory.get(path)!.from.source, nameSpan);
}

// ---- what a name means among all files ----------------------------------------------------------------------------

type Owned = 'rule' | 'parameter' | 'condition' | 'figure';

/** Policies with the policies they extend: a name may be defined in one and mentioned in the other. */
interface Families {
  readonly bases: ReadonlyMap<string, ReadonlySet<string>>;
  readonly overlays: ReadonlyMap<string, ReadonlySet<string>>;
  /** `rule hns-97530-time/minimum-time`, for everything that a policy defines. */
  readonly defined: ReadonlySet<string>;
  readonly policies: readonly string[];
  readonly lists: ReadonlySet<string>;
  /** Keys of parameters that are compared with payers. */
  readonly payerParameters: ReadonlySet<string>;
}

function familiesOf(files: readonly FileNames[]): Families {
  const bases = new Map<string, Set<string>>();
  const overlays = new Map<string, Set<string>>();
  const defined = new Set<string>();
  const lists = new Set<string>();
  const policies = new Set<string>();
  for (const { policy, extends: base, names } of files) {
    if (policy) policies.add(policy);
    if (policy && base) {
      bases.set(policy, (bases.get(policy) ?? new Set()).add(base));
      overlays.set(base, (overlays.get(base) ?? new Set()).add(policy));
    }
    for (const { kind, owner, name, role } of names) {
      if (role !== 'definition') continue;
      if (kind === 'list') lists.add(name);
      defined.add(`${kind} ${owner}/${name}`);
    }
  }
  const families = {
    bases,
    overlays,
    defined,
    lists,
    policies: [...policies],
    payerParameters: new Set<string>(),
  };
  const payerParameters = new Set(
    files.flatMap(({ policy, payerParameters: names }) =>
      names.map((name) => ownedKey('parameter', policy ?? '', name, families)),
    ),
  );
  return { ...families, payerParameters };
}

/**
 * An overlay takes over what its base defines and replaces things by their names, so both mean the same thing:
 * the base's, where it has one; else the policy's own; else that of a policy laid over it.
 */
function homeOf(kind: Owned, policy: string, name: string, families: Families): string | null {
  const has = (id: string) => families.defined.has(`${kind} ${id}/${name}`);
  const base = [...(families.bases.get(policy) ?? [])].find(has);
  if (base !== undefined) return base;
  if (has(policy)) return policy;
  return [...(families.overlays.get(policy) ?? [])].find(has) ?? null;
}

function ownedKey(kind: Owned, policy: string, name: string, families: Families): string {
  return `${kind} ${homeOf(kind, policy, name, families) ?? policy}/${name}`;
}

/** A written name with what it means; null where it turns out to be none. */
function bindName(written: WrittenName, file: FileNames, families: Families): NameAt | null {
  const { owner, name, role, span, nameSpan, ifPayer } = written;
  const as = (kind: NameKind, key: string): NameAt => ({
    kind,
    key,
    name,
    role,
    path: file.path,
    span,
    nameSpan,
  });
  switch (written.kind) {
    case '$':
      return homeOf('parameter', owner, name, families) !== null && !shadowed(owner, name, families)
        ? as('parameter', ownedKey('parameter', owner, name, families))
        : as('list', `list ${name}`);
    case 'parameter':
      return owner === ''
        ? as('parameter', unqualified(name, file, families) ?? `parameter /${name}`)
        : as('parameter', ownedKey('parameter', owner, name, families));
    case 'rule':
    case 'condition':
    case 'figure':
      return as(written.kind, ownedKey(written.kind, owner, name, families));
    case 'payer': {
      if (ifPayer === undefined) return as('payer', `payer ${name}`);
      const parameter = parameterKey(ifPayer, file, families);
      return parameter !== null && families.payerParameters.has(parameter)
        ? as('payer', `payer ${name}`)
        : null;
    }
    case 'clause':
    case 'case':
      return as(written.kind, `${written.kind} ${owner}/${name}`);
    case 'encounter':
      return as('encounter', `encounter ${owner}`);
    case 'policy':
    case 'list':
    case 'source':
    case 'suite':
    case 'fact':
      return as(written.kind, `${written.kind} ${name}`);
  }
}

/** A parameter that only a policy laid over this one has does not hide a list of the same name. */
function shadowed(policy: string, name: string, families: Families): boolean {
  const home = homeOf('parameter', policy, name, families);
  return families.lists.has(name) && home !== policy && !families.bases.get(policy)?.has(home ?? '');
}

/** The parameter that a suite's `with` means: that of the one policy which has it. */
function unqualified(name: string, { suitePolicies }: FileNames, families: Families): string | null {
  const homes = new Set(
    (suitePolicies ?? families.policies).flatMap((policy) => {
      const home = homeOf('parameter', policy, name, families);
      return home === policy || families.bases.get(policy)?.has(home ?? '') ? [home!] : [];
    }),
  );
  return homes.size === 1 ? `parameter ${[...homes][0]}/${name}` : null;
}

/** Within a policy a name alone, within a suite `policy.name` or `.name`. */
function parameterKey(written: string, file: FileNames, families: Families): string | null {
  if (file.policy !== null) return ownedKey('parameter', file.policy, written, families);
  const dot = written.indexOf('.');
  const [policy, name] = [written.slice(0, dot), written.slice(dot + 1)];
  return policy === '' ? unqualified(name, file, families) : ownedKey('parameter', policy, name, families);
}
