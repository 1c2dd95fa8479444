import type { CaseColumn } from '../../session/case-filters.ts';
import { caseColumns } from '../../session/case-filters.ts';
import { Button } from '../../ui/Button.tsx';
import { Pane } from '../../ui/Pane.tsx';
import type { PanelProps } from '../panel.ts';
import { CaseFilterBar } from './CaseFilterBar.tsx';
import { subjectOf } from '../../session/subjects.ts';
import { CaseGrid, CasesNote } from './EncountersPanel.tsx';
import { useCases } from './use-cases.ts';
import './encounters.css';

const columns: readonly CaseColumn[] = caseColumns;

/** Every saved encounter with what is expected, what comes out, and what comes out by the last release, or the files on disk; beside it, why. */
export function EncountersPage(props: PanelProps) {
  const { session, workbench } = props;
  const cases = useCases(session, true);
  const subject = subjectOf(session);
  return (
    <Pane
      name="encounters"
      title="Encounters"
      note={<CasesNote cases={cases} />}
      tools={
        <>
          <Button disabled={subject === null} onPress={() => subject && workbench.tryOut(subject)}>
            What if…
          </Button>
          <Button disabled={subject === null} onPress={() => subject && workbench.saveAsCase(subject)}>
            Save as a case…
          </Button>
          <Button look="main" onPress={() => workbench.showDialog('new-encounter')}>
            New encounter…
          </Button>
        </>
      }
    >
      <CaseFilterBar {...props} cases={cases} whole />
      <CaseGrid {...props} cases={cases} columns={columns} sortable />
    </Pane>
  );
}
