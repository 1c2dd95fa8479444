import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

import type { Decision, FactRow } from '#engine';

import { DecisionMark } from '../../marks/DecisionMark.tsx';
import { DirectionMark } from '../../marks/DirectionMark.tsx';
import { count, decisionWords } from '../../marks/words.ts';
import { chooseOnceJudged, placeOfCase } from '../../session/subjects.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { ArrowIcon, ChevronIcon } from '../../ui/icons.tsx';
import type { Example, RegionRow } from '../../worker/queries/compare.ts';
import { codesWords } from './changes-view.ts';

interface RegionCardProps {
  readonly region: RegionRow;
  readonly payers: readonly { readonly id: string; readonly title: string }[];
  readonly workbench: Workbench;
  /** Whether the example can become a case: it expects what the policies say now. */
  readonly canKeep: boolean;
}

/** One kind of claim that is judged otherwise: which, what becomes of it, by which rule, and an example. */
export function RegionCard({ region, payers, workbench, canKeep }: RegionCardProps) {
  const { when, before, after, direction, codes, rules, example } = region;
  const titles = new Map(payers.map(({ id, title }) => [id, title]));
  return (
    <article
      className={`change change-${direction}`}
      aria-label={region.sentence}
      data-change=""
      tabIndex={-1}
    >
      <div className="change-head">
        <DirectionMark direction={direction} />
        <span className="spacer" />
        <span className="change-decisions">
          <Decisions decisions={before} />
          <span className="change-arrow">
            <ArrowIcon />
            <span className="visually-hidden">now</span>
          </span>
          <DecisionMark decision={after} />
        </span>
      </div>
      <p className="change-sentence">{when}.</p>
      <dl className="change-facts">
        <div>
          <dt>Payer</dt>
          <dd>{region.payers.map((id) => titles.get(id) ?? id).join(', ')}</dd>
        </div>
        <div>
          <dt>{codes.length === 1 ? 'Code' : 'Codes'}</dt>
          <dd className="change-codes" title={codes.filter((code) => code !== null).join(', ')}>
            {codesWords(codes)}
          </dd>
        </div>
        <div>
          <dt>{rules.length === 1 ? 'Rule' : 'Rules'}</dt>
          <dd>
            {rules.map(({ id, title, place }) =>
              place === null ? (
                <span key={id}>{title} (taken out)</span>
              ) : (
                <AriaButton key={id} className="link" onPress={() => workbench.jump(place)}>
                  {title}
                </AriaButton>
              ),
            )}
          </dd>
        </div>
      </dl>
      {example === null ? (
        <p className="changes-soft">
          No example was found among those tried, so this may be wider than what occurs.
        </p>
      ) : (
        <ExamplePart example={example} onKeep={canKeep ? () => void keep(workbench, region) : null} />
      )}
    </article>
  );
}

/** What most claims were first: “Pay, Needs record or Reduce”. */
function Decisions({ decisions }: { readonly decisions: readonly Decision[] }) {
  const mild = decisions.toReversed();
  return mild.map((decision, at) => (
    <span key={decision} className="change-before">
      <DecisionMark decision={decision} />
      {at < mild.length - 2 ? <span>,</span> : at === mild.length - 2 ? <span>&nbsp;or</span> : null}
    </span>
  ));
}

/** The facts that every claim has, and the card says above. */
const elsewhere = new Set(['visit.payer']);

interface ExamplePartProps {
  readonly example: Example;
  readonly onKeep: (() => void) | null;
}

function ExamplePart({ example, onKeep }: ExamplePartProps) {
  const rows = example.rows.filter(({ path }) => !elsewhere.has(path));
  const others = example.others.filter(({ path }) => !elsewhere.has(path));
  return (
    <div className="change-example">
      <table>
        <caption>
          <span>For example</span>
          <span className="change-example-verdict">
            {example.before === example.after ? (
              <>
                <DecisionMark decision={example.after} />
                <span className="changes-soft">before and after, for other rules ask for it as well</span>
              </>
            ) : (
              <>
                <span className="changes-soft">was</span>
                <DecisionMark decision={example.before} />
                <span className="changes-soft">now</span>
                <DecisionMark decision={example.after} />
              </>
            )}
          </span>
        </caption>
        <tbody>
          {rows.map((row) => (
            <FactLine key={`${row.line} ${row.path}`} row={row} />
          ))}
        </tbody>
      </table>
      <div className="change-example-foot">
        {others.length === 0 ? (
          <span />
        ) : (
          <Disclosure className="fold change-others">
            <Heading level={3} className="fold-head">
              <AriaButton slot="trigger" className="fold-button">
                <ChevronIcon />
                and {count(others.length, 'more fact')} that {others.length === 1 ? 'does' : 'do'} not change
                it
              </AriaButton>
            </Heading>
            <DisclosurePanel>
              <table>
                <tbody>
                  {others.map((row) => (
                    <FactLine key={`${row.line} ${row.path}`} row={row} />
                  ))}
                </tbody>
              </table>
            </DisclosurePanel>
          </Disclosure>
        )}
        {onKeep === null ? null : (
          <Button
            label={`Keep as a test case: the example that is now ${decisionWords[example.after]}`}
            onPress={onKeep}
          >
            Keep as a test case
          </Button>
        )}
      </div>
    </div>
  );
}

function FactLine({ row: { line, what, value } }: { readonly row: FactRow }) {
  return (
    <tr>
      <th scope="row">
        {what}
        {line === null || line === 1 ? null : <span className="changes-soft"> of line {line}</span>}
      </th>
      <td>{value}</td>
    </tr>
  );
}

/** One step, which can be taken back; then the case is opened where it stands. */
async function keep(workbench: Workbench, { policy, payers, rules, example }: RegionRow): Promise<void> {
  const written = await workbench.ask('keepExample', { policy, payers, rules, example });
  if (written === null) {
    const text = 'The example cannot be kept while there is a mistake in the text. Mend it first.';
    workbench.notice({ tone: 'problem', text });
    return;
  }
  workbench.applyEdits(`Keep the case “${written.title}”`, written.edits);
  chooseOnceJudged(workbench, `${written.suite}/${written.id}`);
  const place = placeOfCase(workbench.store.get(), written.edits.at(-1)!.path, written.id);
  if (place) workbench.jump(place);
}
