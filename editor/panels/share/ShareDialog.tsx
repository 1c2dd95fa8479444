import { useEffect, useId, useMemo, useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';

import { count } from '../../marks/words.ts';
import { DecisionMark } from '../../marks/DecisionMark.tsx';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import type { CaseRow } from '../../worker/protocol.ts';
import type { CaseCheck } from '../../worker/queries/personal-data.ts';
import type { ShareLink } from '../../worker/queries/share-link.ts';
import type { PanelProps } from '../panel.ts';
import {
  addressProblem,
  caseChoices,
  findingGroups,
  linkState,
  policyAtHand,
  policyChoices,
} from './share-view.ts';
import './share.css';

/** A policy by a link that holds everything. Cases go along only one by one, each looked through first. */
export function ShareDialog({ session, workbench }: PanelProps) {
  const { judged, settings } = session;
  const policies = policyChoices(session);
  const [policy, setPolicy] = useState(() => policyAtHand(session) ?? '');
  const [included, setIncluded] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState('');
  const [copied, setCopied] = useState<'yes' | 'refused' | null>(null);
  const title = policies.find(({ id }) => id === policy)?.title ?? '';
  const made = useLink(workbench, policy, title, included);
  const address = workbench.playground ?? settings.playground.trim();
  const problem = addressProblem(address);
  const link = made === null || problem !== null ? null : `${address.replace(/#.*$/s, '')}#${made.fragment}`;
  const state = link === null ? null : linkState(link.length);
  const { shown, more } = caseChoices(judged?.cases ?? [], policy, search);

  function include(key: string, wanted: boolean): void {
    const next = new Set(included);
    if (wanted) next.add(key);
    else next.delete(key);
    setIncluded(next);
    setCopied(null);
  }

  async function copy(): Promise<void> {
    if (link === null) return;
    // Browsers may refuse the clipboard; the field with the link is there too.
    setCopied(
      await navigator.clipboard.writeText(link).then(
        () => 'yes',
        () => 'refused',
      ),
    );
  }

  return (
    <Dialog
      title="Share a policy by a link"
      note="The link holds everything itself. What stands behind its # is never sent to any server: only who has the link can read it."
      size="large"
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <output className="share-state">
            {copied === null
              ? (state?.words ?? (problem === null ? 'Making the link …' : ''))
              : copiedWords[copied]}
          </output>
          <Button look="quiet" onPress={() => workbench.leaveDialog()}>
            Close
          </Button>
          {state?.tooLong === true ? (
            <Button look="main" onPress={() => workbench.showDialog('export')}>
              Export a zip…
            </Button>
          ) : (
            <Button look="main" disabled={link === null} onPress={() => void copy()}>
              Copy the link
            </Button>
          )}
        </>
      }
    >
      <div className="share-columns">
        <div className="share">
          <Select
            label="Policy"
            choices={policies}
            chosen={policy}
            onChoose={(id) => {
              setPolicy(id);
              setCopied(null);
            }}
          />
          {workbench.playground === null ? (
            <Address
              address={settings.playground}
              problem={problem}
              onChange={(playground) => workbench.change({ playground })}
            />
          ) : null}
          {link === null ? null : (
            <TextField className="field" value={link} isReadOnly>
              <Label className="field-label">Link</Label>
              <Input className="input" onFocus={(event) => event.target.select()} />
            </TextField>
          )}
          <Contents made={made} />
        </div>
        <section className="share share-cases" aria-labelledby="share-cases">
          <h3 id="share-cases">Saved encounters: none goes along unless you tick it</h3>
          <p className="share-warning">
            An encounter can hold what a patient told in confidence, and its dates of service can point to a
            person. Tick only what is invented, or what the receiver may see.
          </p>
          <SearchField label="Search encounters" value={search} onChange={setSearch} />
          <ul className="share-list">
            {shown.map((row) => (
              <CaseItem
                key={row.key}
                row={row}
                included={included.has(row.key)}
                workbench={workbench}
                onInclude={(wanted) => include(row.key, wanted)}
              />
            ))}
          </ul>
          {more === 0 ? null : <p className="share-soft">And {count(more, 'more')}: search to find it.</p>}
        </section>
      </div>
    </Dialog>
  );
}

const copiedWords = {
  yes: 'The link is copied.',
  refused: 'The browser did not let it be copied. Copy it from the field “Link”.',
} as const;

/** Made anew by the worker whenever the choice changes; null: being made. */
function useLink(
  workbench: Workbench,
  policy: string,
  title: string,
  included: ReadonlySet<string>,
): ShareLink | null {
  const choice = useMemo(
    () => ({ title, policies: [policy], cases: [...included] }),
    [title, policy, included],
  );
  const [made, setMade] = useState<{ readonly of: object; readonly link: ShareLink | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    void workbench.ask('shareLink', choice).then((link) => wanted && setMade({ of: choice, link }));
    return () => {
      wanted = false;
    };
  }, [workbench, choice]);
  return made?.of === choice ? made.link : null;
}

interface AddressProps {
  readonly address: string;
  readonly problem: string | null;
  readonly onChange: (address: string) => void;
}

function Address({ address, problem, onChange }: AddressProps) {
  return (
    <TextField className="field" value={address} onChange={onChange} isInvalid={problem !== null}>
      <Label className="field-label">Address of the playground in which the link opens</Label>
      <Input className="input" inputMode="url" spellCheck={false} />
      <FieldError className="share-problem">{problem}</FieldError>
    </TextField>
  );
}

function Contents({ made }: { readonly made: ShareLink | null }) {
  const id = useId();
  if (made === null) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>In the link: {count(made.files.length, 'file')}, as you have them now</h3>
      <ul className="share-files mono">
        {made.files.map(({ path }) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
    </section>
  );
}

interface CaseItemProps {
  readonly row: CaseRow;
  readonly included: boolean;
  readonly workbench: Workbench;
  readonly onInclude: (wanted: boolean) => void;
}

/** The tick asks for a look first: the case goes along only after what was found in it has been shown. */
function CaseItem({ row, included, workbench, onInclude }: CaseItemProps) {
  const [check, setCheck] = useState<CaseCheck | 'looking' | 'impossible' | null>(null);

  async function look(): Promise<void> {
    setCheck('looking');
    setCheck((await workbench.ask('personalData', { caseKey: row.key })) ?? 'impossible');
  }

  return (
    <li className="share-case">
      <div className="share-case-head">
        <Checkbox
          chosen={included}
          onChange={(wanted) => {
            setCheck(null);
            if (wanted) void look();
            else onInclude(false);
          }}
        >
          {row.title} <span className="share-soft">{row.suite}</span>
        </Checkbox>
        {row.verdict === null ? null : <DecisionMark decision={row.verdict.decision} />}
      </div>
      {check === null ? null : (
        <Check
          check={check}
          onInclude={() => {
            setCheck(null);
            onInclude(true);
          }}
          onLeave={() => setCheck(null)}
        />
      )}
    </li>
  );
}

interface CheckProps {
  readonly check: CaseCheck | 'looking' | 'impossible';
  readonly onInclude: () => void;
  readonly onLeave: () => void;
}

function Check({ check, onInclude, onLeave }: CheckProps) {
  if (check === 'looking') return <output className="share-check">Looking through it …</output>;
  if (check === 'impossible') {
    return (
      <output className="share-check">
        This encounter cannot be taken out of its file, which has mistakes or is written in one line. Mend the
        file first.
      </output>
    );
  }
  const groups = findingGroups(check.findings);
  return (
    <div className="share-check">
      <output>
        {groups.length === 0
          ? 'Nothing in it looks like a name, a date of birth, a number of a person, or free text. That is no proof: look at it yourself.'
          : 'Found in it. The look goes by capitals, digits and length, so it can miss something: read it yourself.'}
      </output>
      <dl className="share-findings">
        {groups.map(({ words, texts }) => (
          <div key={words}>
            <dt>{words}</dt>
            {texts.map((text) => (
              <dd key={text}>{text}</dd>
            ))}
          </div>
        ))}
      </dl>
      <div className="share-check-foot">
        <Button onPress={onLeave}>Leave it out</Button>
        <Button onPress={onInclude}>Include it in the link</Button>
      </div>
    </div>
  );
}
