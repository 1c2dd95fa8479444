import { createSource } from '../base/source.ts';
import { createReporter, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { FactTable, Vocabulary } from './encounter.ts';
import { factTable } from './fact-table.ts';
import { createQuickReader } from './quick-encounter.ts';
import { parseEncounter } from './read-encounter.ts';
import type { KnownPayers } from './read-encounter.ts';

/** An encounter laid out to be judged, or what is wrong with it; null if and only if a diagnostic is an error. */
export interface EncounterReading {
  readonly table: FactTable | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads many encounters, each a text of its own: YAML, or JSON, which is read much faster. */
export function createEncounterReader(
  vocabulary: Vocabulary,
  payers: KnownPayers,
): (path: string, text: string) => EncounterReading {
  const quick = createQuickReader(vocabulary, payers);
  return (path, text) => {
    const table = quick(text);
    return table ? { table, diagnostics: [] } : readCarefully(path, text, vocabulary, payers);
  };
}

export function readCarefully(
  path: string,
  text: string,
  vocabulary: Vocabulary,
  payers: KnownPayers,
): EncounterReading {
  const source = createSource(path, text);
  const reporter = createReporter(source);
  const root = parseYaml(source, reporter);
  const encounter = root && parseEncounter(source, root, vocabulary, payers, reporter);
  const { diagnostics } = reporter;
  return {
    table: encounter && !hasErrors(diagnostics) ? factTable(encounter, vocabulary) : null,
    diagnostics,
  };
}
