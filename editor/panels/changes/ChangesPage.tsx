import { useMemo, useState } from 'react';

import { AgainstPicker } from '../../marks/AgainstPicker.tsx';
import { againstWords } from '../../marks/against.ts';
import { DirectionShape } from '../../marks/DirectionMark.tsx';
import { count, directionWords, sentence } from '../../marks/words.ts';
import { useComparison } from '../../session/use-comparison.ts';
import { Button } from '../../ui/Button.tsx';
import { Chips } from '../../ui/Chips.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Comparison, ComparedVersions } from '../../worker/queries/compare.ts';
import type { PanelProps } from '../panel.ts';
import { ChangedEncounters } from './ChangedEncounters.tsx';
import type { RegionFilter } from './changes-view.ts';
import { everyRegion, fileBeside, fileChanges, regionsFor, summaryOf, waysIn } from './changes-view.ts';
import { FileBeside } from './FileBeside.tsx';
import { ImpactPart } from './ImpactPart.tsx';
import { RegionCard } from './RegionCard.tsx';
import { SummaryHead } from './SummaryHead.tsx';
import { WrittenOtherwise } from './WrittenOtherwise.tsx';
import './changes.css';

/** What the change does: to which claims, in which direction, with an example of each; beside it the text. */
export function ChangesPage(props: PanelProps) {
  const { workbench, session } = props;
  const { comparison, isOld } = useComparison(workbench);
  const { shown } = session;
  const against = againstWords(session.against);
  return (
    <Pane
      name="changes"
      title="Changes"
      note={shown === null ? `against ${against}` : `of release ${shown} against ${against}`}
      tools={
        <>
          <output className="changes-state">{isOld && comparison !== null ? 'Comparing …' : null}</output>
          {shown === null ? null : (
            <Button look="quiet" onPress={() => void workbench.compareWith(session.against)}>
              Look at what I have now
            </Button>
          )}
          <AgainstPicker against={session.against} releases={session.releases} workbench={workbench} />
          <Button onPress={() => workbench.showDialog('notice')}>Notice…</Button>
          {shown === null ? <Button onPress={() => workbench.showDialog('impact')}>Count…</Button> : null}
          <Button onPress={() => workbench.showDialog('approve')}>Approve…</Button>
          <Button look="main" onPress={() => workbench.showDialog('publish')}>
            Publish…
          </Button>
        </>
      }
    >
      <Body {...props} comparison={comparison} isOld={isOld} against={against} />
    </Pane>
  );
}

interface BodyProps extends PanelProps {
  readonly comparison: Comparison | null;
  readonly isOld: boolean;
  readonly against: string;
}

function Body({ comparison, ...props }: BodyProps) {
  const { workbench, against } = props;
  if (comparison === null) return <EmptyState title="Comparing …" />;
  if (comparison.kind === 'unsound') {
    const { first, message } = comparison;
    return (
      <EmptyState title={`Nothing can be compared: ${against} have a mistake.`}>
        <p>
          {sentence(message.replaceAll('`', '“').replaceAll(/“([^“]*)“/g, '“$1”'))} A rule with a mistake
          would be left out, and nothing proven of the rest would hold.
        </p>
        <Button onPress={() => workbench.jump({ ...first, column: 1 })}>
          Go to {first.path}:{first.line}
        </Button>
      </EmptyState>
    );
  }
  return <Compared {...props} comparison={comparison} />;
}

const every = '*';

function Compared({
  comparison,
  ...props
}: Omit<BodyProps, 'comparison'> & { readonly comparison: ComparedVersions }) {
  const { session, workbench, isOld, against } = props;
  const [filter, setFilter] = useState<RegionFilter>({ ...everyRegion, payer: session.settings.payer });
  const [asked, setAsked] = useState<string | null>(null);
  const summary = useMemo(() => summaryOf(comparison, against), [comparison, against]);
  const files = useMemo(() => fileChanges(comparison.text), [comparison]);
  const payer = comparison.payers.some(({ id }) => id === filter.payer) ? filter.payer : null;
  const regions = useMemo(
    () => regionsFor(comparison.regions, { ...filter, payer }),
    [comparison, filter, payer],
  );
  const beside = fileBeside(files, asked, session.openPath);
  const nothing = summary.kind === 'nothing' && files.length === 0;
  return (
    <div className={beside === null ? 'changes-page changes-page-alone' : 'changes-page'}>
      <div className={isOld ? 'changes-told changes-old' : 'changes-told'} aria-busy={isOld}>
        <SummaryHead summary={summary} stale={comparison.stale} />
        {nothing ? (
          <p className="changes-soft">
            Change a policy, a list or a case, and what that does to every claim appears here while you type.
          </p>
        ) : null}
        {comparison.regions.length === 0 ? null : (
          <section aria-label="Kinds of claim that are judged otherwise">
            <div className="changes-filter">
              <Chips
                label="Direction"
                chips={waysIn(comparison.regions).map(({ id, count: many }) => ({
                  id,
                  label: directionWords[id],
                  count: many,
                  mark: <DirectionShape direction={id} />,
                }))}
                chosen={filter.ways}
                onChoose={(ways) => setFilter({ ...filter, ways })}
              />
              <span className="spacer" />
              <Select
                label="Payer"
                quiet
                choices={[{ id: every, title: 'Every payer' }, ...comparison.payers]}
                chosen={payer ?? every}
                onChoose={(id) => setFilter({ ...filter, payer: id === every ? null : id })}
              />
              <SearchField
                label="Procedure code"
                value={filter.code}
                onChange={(code) => setFilter({ ...filter, code })}
              />
            </div>
            {regions.length === 0 ? (
              <EmptyState title="No change is like that.">
                <Button onPress={() => setFilter(everyRegion)}>
                  Show all {count(comparison.regions.length, 'change')}
                </Button>
              </EmptyState>
            ) : (
              <ul className="changes-cards">
                {regions.map((region) => (
                  <li key={region.key}>
                    <RegionCard
                      region={region}
                      payers={comparison.payers}
                      workbench={workbench}
                      canKeep={session.shown === null}
                    />
                  </li>
                ))}
              </ul>
            )}
          </section>
        )}
        <Notes title="Units that minutes support" notes={comparison.units} />
        <Notes title="Not covered" notes={comparison.uncovered} warns />
        <ChangedEncounters comparison={comparison} workbench={workbench} />
        {session.shown === null ? <ImpactPart workbench={workbench} comparison={comparison} /> : null}
        <WrittenOtherwise files={files} chosen={beside} onFile={setAsked} />
      </div>
      {beside === null ? null : (
        <FileBeside {...props} path={beside} paths={files.map(({ path }) => path)} onFile={setAsked} />
      )}
    </div>
  );
}

interface NotesProps {
  readonly title: string;
  readonly notes: readonly string[];
  readonly warns?: boolean;
}

function Notes({ title, notes, warns = false }: NotesProps) {
  if (notes.length === 0) return null;
  return (
    <section className={warns ? 'changes-notes changes-notes-warn' : 'changes-notes'} aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note.replace(/^Not covered: /, '')}</li>
        ))}
      </ul>
    </section>
  );
}
