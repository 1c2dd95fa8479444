import { ToggleButton } from 'react-aria-components';

import { DecisionShape } from '../../marks/DecisionMark.tsx';
import { decisionWords } from '../../marks/words.ts';
import type { CaseShow } from '../../session/case-filters.ts';
import { everyCase } from '../../session/case-filters.ts';
import type { Session } from '../../session/session.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Chips } from '../../ui/Chips.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Choice } from '../../ui/Select.tsx';
import { isDecision } from './case-filters.ts';
import type { Counted } from './case-filters.ts';
import type { Cases } from './use-cases.ts';

interface CaseFilterBarProps {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly cases: Cases;
  /** Besides words and decisions: rule, payer, suite. */
  readonly whole: boolean;
}

/** Words to find and filters that combine, each with how many encounters it would leave. */
export function CaseFilterBar({ session, workbench, cases, whole }: CaseFilterBarProps) {
  const { filters, search } = session;
  const { facets, query } = cases;
  const filtered = filters !== everyCase && JSON.stringify(filters) !== JSON.stringify(everyCase);
  const payerTitles = new Map((session.judged?.payers ?? []).map(({ id, title }) => [id, title]));
  return (
    <div className="encounters-tools">
      <div className="encounters-tools-row">
        <SearchField
          label="Find by words, code or rule"
          value={search}
          onChange={(text) => workbench.search(text)}
        />
        {whole ? (
          <ToggleButton
            className="chip"
            isDisabled={query.policy === null}
            isSelected={filters.ofPolicy}
            onChange={(ofPolicy) => workbench.narrow({ ofPolicy })}
          >
            Of the open policy
          </ToggleButton>
        ) : null}
      </div>
      <Chips
        label="Show"
        chips={facets.shows.map(({ id, count }) => ({
          id,
          count,
          label: showWords(id),
          mark: isDecision(id) ? <DecisionShape decision={id} /> : undefined,
        }))}
        chosen={filters.shows}
        onChoose={(shows) => workbench.narrow({ shows })}
      />
      <div className="encounters-tools-row">
        {whole ? (
          <>
            <Select
              label="Rule"
              quiet
              choices={choices('Every rule', facets.rules, (id) => id)}
              chosen={filters.rule ?? every}
              onChoose={(id) => workbench.narrow({ rule: id === every ? null : id })}
            />
            <Select
              label="Payer"
              quiet
              choices={choices('Every payer', facets.payers, (id) => payerTitles.get(id) ?? id)}
              chosen={filters.payer ?? every}
              onChoose={(id) => workbench.narrow({ payer: id === every ? null : id })}
            />
            <Select
              label="Suite"
              quiet
              choices={choices('Every suite', facets.suites, (id) => id)}
              chosen={filters.suite ?? every}
              onChoose={(id) => workbench.narrow({ suite: id === every ? null : id })}
            />
          </>
        ) : null}
        {filtered || search !== '' ? (
          <Button
            look="quiet"
            onPress={() => {
              workbench.narrow(everyCase);
              workbench.search('');
            }}
          >
            Show all {facets.all}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const every = '*';

function choices(
  none: string,
  counted: readonly Counted<string>[],
  title: (id: string) => string,
): readonly Choice<string>[] {
  return [
    { id: every, title: none },
    ...counted.map(({ id, count }) => ({ id, title: title(id), detail: String(count) })),
  ];
}

function showWords(show: CaseShow): string {
  if (isDecision(show)) return decisionWords[show];
  return show === 'changed' ? 'Changed' : 'Failing';
}
