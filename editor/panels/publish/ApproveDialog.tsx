import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import {
  Button as AriaButton,
  Disclosure,
  DisclosurePanel,
  Heading,
  Input,
  Label,
  TextField,
} from 'react-aria-components';

import type { DecisionVerdict } from '#engine';

import { DirectionMark } from '../../marks/DirectionMark.tsx';
import { count } from '../../marks/words.ts';
import { useApproval } from '../../session/use-approval.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import type { PanelProps } from '../panel.ts';
import type { ItemGroup, ItemRow } from './approve-view.ts';
import { itemGroups, openItems, standingWords } from './approve-view.ts';
import { NotSaved } from './NotSaved.tsx';
import './publish.css';

/** What changes since the last release, to be accepted or rejected: one by one or several at once, with a name and a reason. */
export function ApproveDialog({ session, workbench }: PanelProps) {
  const { page, trouble, take } = useApproval(workbench);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [why, setWhy] = useState('');
  const [said, setSaid] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const { who } = session.settings;
  const approval = page?.approval ?? null;
  const groups = useMemo(() => (approval === null ? [] : itemGroups(approval)), [approval]);
  const open = openItems(groups);
  const ready = chosen.size > 0 && who.trim() !== '' && why.trim() !== '' && !busy;

  function choose(id: string, isChosen: boolean): void {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  }

  async function decide(verdict: DecisionVerdict): Promise<void> {
    setBusy(true);
    try {
      const request = { verdict, items: [...chosen], who: who.trim(), why: why.trim() };
      const { refused, page: after } = await workbench.publishing.decide(request);
      take(after);
      setSaid([...new Set(refused.map((it) => it.why))]);
      setChosen(new Set(refused.map(({ item }) => item)));
      if (refused.length === 0) setWhy('');
    } catch (error) {
      setSaid([error instanceof Error ? error.message : String(error)]);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      size="large"
      title={page?.last ? `Approve what changes since release ${page.last.number}` : 'Approve'}
      note="Whatever is decided stands in the release, with who decided it, when and why."
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <span className="publish-standing">{approval === null ? null : standingWords(approval)}</span>
          <span className="spacer" />
          <Button onPress={() => workbench.leaveDialog()}>Close</Button>
          <Button look="main" onPress={() => workbench.showDialog('publish')}>
            Go on to publish…
          </Button>
        </>
      }
    >
      <div className="approve">
        <div className="approve-list">
          <NotSaved session={session} workbench={workbench} />
          {trouble !== null ? (
            <EmptyState title="Nothing can be decided here.">
              <p>{trouble}</p>
            </EmptyState>
          ) : page === null ? (
            <EmptyState title="Comparing with what was published …" />
          ) : approval === null ? (
            <EmptyState title="This cannot be compared with what was published yet.">
              <p>
                {page.refusals
                  .map(({ found, next }) => `${found}: ${next}`)
                  .join('; ')
                  .replaceAll('`', '')}
                .
              </p>
            </EmptyState>
          ) : groups.length === 0 ? (
            <EmptyState title="Nothing has changed since the last release.">
              <p>There is nothing to decide.</p>
            </EmptyState>
          ) : (
            groups.map((group) => (
              <GroupPart key={group.id} group={group} chosen={chosen} onChoose={choose} />
            ))
          )}
        </div>
        <form
          className="approve-decide"
          aria-label="Decide"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void decide('accept');
          }}
        >
          <div className="approve-chosen">
            <strong>
              {chosen.size === 0 ? 'Nothing is chosen yet' : `${count(chosen.size, 'thing')} chosen`}
            </strong>
            {open.length === 0 ? null : (
              <Button look="quiet" onPress={() => setChosen(new Set(open))}>
                Choose all {open.length} that are open
              </Button>
            )}
          </div>
          <TextField
            className="field"
            value={who}
            onChange={(value) => workbench.change({ who: value })}
            isRequired
          >
            <Label className="field-label">Your name</Label>
            <Input className="input" />
          </TextField>
          <TextField className="field" value={why} onChange={setWhy} isRequired>
            <Label className="field-label">Reason</Label>
            <Input className="input" placeholder="Announced in the May bulletin" />
          </TextField>
          {said.length === 0 ? null : (
            <div role="alert" className="publish-said">
              {said.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </div>
          )}
          <div className="approve-buttons">
            <Button disabled={!ready} onPress={() => void decide('reject')}>
              Reject
            </Button>
            <Button look="main" disabled={!ready} onPress={() => void decide('accept')}>
              Accept
            </Button>
          </div>
          <p className="publish-soft">
            A name is not proven: it stands in the release as you write it. Where two people must accept
            something, they have to be different.
          </p>
        </form>
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (id: string, isChosen: boolean) => void;
}

function GroupPart({ group, ...choice }: ChoiceProps & { readonly group: ItemGroup }) {
  return (
    <section className="approve-group" aria-label={group.title}>
      <h3>
        {group.title} <span>{group.items.length}</span>
      </h3>
      {group.note === null ? null : <p className="publish-soft">{group.note}</p>}
      <ul>
        {group.items.map((row) => (
          <RowPart key={row.item.id} row={row} {...choice} />
        ))}
      </ul>
    </section>
  );
}

function RowPart({ row, ...choice }: ChoiceProps & { readonly row: ItemRow }) {
  const { item, change, exactly, state, stateWords, second, parts } = row;
  const { title, direction } = item;
  return (
    <li className={`approve-item approve-${state}`}>
      <Checkbox
        chosen={choice.chosen.has(item.id)}
        onChange={(isChosen) => choice.onChoose(item.id, isChosen)}
      >
        <span className="approve-title">{title}</span>
      </Checkbox>
      <div className="approve-facts">
        <span>
          {direction === null || direction === 'unknown' ? null : <DirectionMark direction={direction} />}{' '}
          <b>{change}</b>
        </span>
        <span className={`approve-state approve-state-${state}`}>
          <StateShape state={state} />
          {stateWords}
        </span>
        {second === null ? null : <span className="approve-second">{second}.</span>}
      </div>
      {exactly.length === 0 ? null : (
        <Fold title="What makes the difference">
          <ul className="approve-exactly">
            {exactly.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Fold>
      )}
      {parts.length === 0 ? null : (
        <Fold title={`${count(parts.length, 'saved encounter')} in it`}>
          <ul className="approve-parts">
            {parts.map((part) => (
              <RowPart key={part.item.id} row={part} {...choice} />
            ))}
          </ul>
        </Fold>
      )}
    </li>
  );
}

function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Disclosure className="fold approve-fold">
      <Heading level={4} className="fold-head">
        <AriaButton slot="trigger" className="fold-button">
          <ChevronIcon />
          {title}
        </AriaButton>
      </Heading>
      <DisclosurePanel>{children}</DisclosurePanel>
    </Disclosure>
  );
}

/** The shape stands beside the word. */
function StateShape({ state }: { readonly state: ItemRow['state'] }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      {state === 'open' ? (
        <circle cx="6" cy="6" r="5" strokeDasharray="2.4 2" />
      ) : state === 'rejected' ? (
        <path d="m2 2 8 8M10 2l-8 8" strokeLinecap="round" />
      ) : (
        <path d="m1.6 6.4 3 3 6-7" strokeLinecap="round" strokeLinejoin="round" />
      )}
    </svg>
  );
}
