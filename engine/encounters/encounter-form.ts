import { createSource, placeOf } from '../base/source.ts';
import type { Place } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { optionalSections } from '../facts/encounter.ts';
import { parseEncounter } from '../facts/read-encounter.ts';
import type { Fact, ScalarType, Section } from '../facts/vocabulary.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import { factLabel, sectionTitles } from './labels.ts';

/** An encounter file as a form: every field that it has or could have, by section, with what stands in it. */
export interface EncounterForm {
  readonly id: TextField;
  readonly title: TextField;
  readonly remark: TextField;
  readonly visit: FormSection;
  /** Note, patient, provider, plan, episode. */
  readonly sections: readonly FormSection[];
  readonly lines: readonly FormLine[];
  /** Null where earlier visits were never supplied. */
  readonly priorVisits: readonly FormSection[] | null;
  /** What can be chosen, by the type of the fact. */
  readonly choices: Choices;
  /** Mistakes that belong to no field: an unknown key, a missing section. */
  readonly diagnostics: readonly Diagnostic[];
}

export type FormPath = readonly (string | number)[];

export interface TextField {
  readonly path: FormPath;
  /** Null where the key is not there. */
  readonly text: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FormLine {
  readonly path: FormPath;
  readonly claim: FormSection;
  readonly record: FormSection;
}

export interface FormSection {
  readonly section: Section;
  readonly title: string;
  readonly path: FormPath;
  /** What was never supplied leaves rules undecided; what is supplied and empty was not documented. */
  readonly supplied: boolean;
  readonly fields: readonly FactField[];
  readonly place: Place | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FactField {
  readonly fact: Fact;
  /** `Functional goal`. */
  readonly label: string;
  readonly path: FormPath;
  /** What stands there, as it is written: one text, or the texts of a list; null = nothing, or the key is not there. */
  readonly value: string | readonly string[] | null;
  readonly place: Place | null;
  readonly diagnostics: readonly Diagnostic[];
}

export type Choices = Readonly<Partial<Record<ScalarType, readonly Choice[]>>>;

export interface Choice {
  readonly value: string;
  /** In a few words, or empty. */
  readonly words: string;
}

/** The form of a text; null where it is no block of keys, so that only the text can be edited. */
export function encounterForm(path: string, text: string, workspace: Workspace): EncounterForm | null {
  const source = createSource(path, text);
  const reporter = createReporter(source);
  const root = parseYaml(source, reporter);
  if (root?.kind !== 'map') return null;
  parseEncounter(source, root, workspace.vocabulary, workspace.payers, reporter);
  // A mistake is told once, at the innermost thing that holds it: those are asked first.
  const left = new Set(reporter.diagnostics);
  const claim = (from: number, to: number): readonly Diagnostic[] => {
    const found = [...left].filter(({ place }) => place.from >= from && place.to <= to);
    for (const diagnostic of found) left.delete(diagnostic);
    return found;
  };
  // What is missing is told at the first key of its block, which is not at fault.
  const claimEntry = (entry: YamlEntry): readonly Diagnostic[] => {
    const missing = [...left].filter(({ code }) => code === 'missing-key');
    for (const diagnostic of missing) left.delete(diagnostic);
    const found = claim(entry.keySpan.from, Math.max(entry.keySpan.to, entry.value.span.to));
    for (const diagnostic of missing) left.add(diagnostic);
    return found;
  };

  const textField = (key: string): TextField => {
    const entry = entryOf(root, key);
    return {
      path: [key],
      text: entry?.value.kind === 'scalar' && !entry.value.isNull ? entry.value.text : null,
      diagnostics: entry ? claimEntry(entry) : [],
    };
  };

  const sectionAt = (section: Section, node: YamlNode | undefined, at: FormPath): FormSection => {
    const map = node?.kind === 'map' ? node : null;
    const prefix = section === 'priorVisits' ? 'prior' : section;
    const fields = workspace.vocabulary.facts
      .filter((fact) => fact.path.startsWith(`${prefix}.`) && !fact.computed)
      .map((fact): FactField => {
        const name = fact.path.slice(prefix.length + 1);
        const entry = map ? entryOf(map, name) : undefined;
        return {
          fact,
          label: factLabel(fact.path),
          path: [...at, name],
          value: entry ? textsOf(entry.value) : null,
          place: entry ? placeOf(source, entry.value.span, entry.value.yamlPath) : null,
          diagnostics: entry ? claimEntry(entry) : [],
        };
      });
    return {
      section,
      title: sectionTitles[section],
      path: at,
      supplied: node !== undefined,
      fields,
      place: node ? placeOf(source, node.span, node.yamlPath) : null,
      diagnostics: node ? claim(node.span.from, node.span.to) : [],
    };
  };

  const linesNode = entryOf(root, 'lines')?.value;
  const lines = itemsOf(linesNode).map((node, index): FormLine => {
    const record = node.kind === 'map' ? entryOf(node, 'record')?.value : undefined;
    const at = ['lines', index];
    const recordSection = sectionAt('record', record, [...at, 'record']);
    return { path: at, claim: sectionAt('line', node, at), record: recordSection };
  });
  const priorNode = entryOf(root, 'priorVisits')?.value;
  const form = {
    id: textField('encounter'),
    title: textField('title'),
    remark: textField('remark'),
    visit: sectionAt('visit', entryOf(root, 'visit')?.value, ['visit']),
    sections: optionalSections.map((name) => sectionAt(name, entryOf(root, name)?.value, [name])),
    lines,
    priorVisits: priorNode
      ? itemsOf(priorNode).map((node, index) => sectionAt('priorVisits', node, ['priorVisits', index]))
      : null,
    choices: choicesOf(workspace),
  };
  return { ...form, diagnostics: [...left] };
}

/** Every code, modifier, diagnosis and payer that a list of the workspace describes, in the order of its value. */
export function choicesOf({ lists }: Pick<Workspace, 'lists'>): Choices {
  const choices: Partial<Record<ScalarType, readonly Choice[]>> = {};
  for (const { of, entries } of lists) {
    if (of === 'pair' || of === 'text') continue;
    const known = new Map((choices[of] ?? []).map((choice) => [choice.value, choice]));
    for (const { value, short } of entries) {
      if (!known.get(value)?.words) known.set(value, { value, words: short });
    }
    choices[of] = [...known.values()].toSorted((a, b) => (a.value < b.value ? -1 : 1));
  }
  return choices;
}

function entryOf(map: YamlMap, key: string) {
  return map.entries.find((entry) => entry.key === key);
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** A scalar or a list of scalars as texts; what is neither is for the text alone. */
function textsOf(node: YamlNode): string | readonly string[] | null {
  if (node.kind === 'scalar') return node.isNull ? null : node.text;
  if (node.kind === 'map') return null;
  return node.items.flatMap((item) => (item.kind === 'scalar' && !item.isNull ? [item.text] : []));
}
