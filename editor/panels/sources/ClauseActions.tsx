import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import type { PanelProps } from '../panel.ts';
import type { ClauseRow } from './sources-view.ts';

interface ClauseActionsProps extends Pick<PanelProps, 'session' | 'workbench'> {
  readonly row: ClauseRow;
  readonly source: string;
}

/** Set a clause aside with a reason, or begin a rule for it. Both are edits of files, to be saved like any other. */
export function ClauseActions({ row, source, session, workbench }: ClauseActionsProps) {
  const [doing, setDoing] = useState<'nothing' | 'aside' | 'rule'>('nothing');
  const leave = () => setDoing('nothing');

  async function setAside(reason: string): Promise<void> {
    const edits = await workbench.ask('setClauseAside', { source, clause: row.id, reason });
    if (edits) workbench.applyEdits(reason === '' ? 'Take up a clause' : 'Set a clause aside', [edits]);
    leave();
  }

  async function beginRule(path: string): Promise<void> {
    const begun = await workbench.ask('ruleForClause', { source, clause: row.id, path });
    leave();
    if (!begun) return;
    workbench.applyEdits('Begin a rule for a clause', [begun.edits]);
    workbench.jump({ path, line: begun.line, column: 1 });
  }

  switch (doing) {
    case 'nothing':
      if (row.setAside !== null) {
        return (
          <div className="clause-actions">
            <Button look="quiet" label={`Take up again: ${row.name}`} onPress={() => void setAside('')}>
              Take up again
            </Button>
          </div>
        );
      }
      if (row.state !== 'open') return null;
      return (
        <div className="clause-actions">
          <Button label={`Write a rule for this clause: ${row.name}`} onPress={() => setDoing('rule')}>
            Write a rule for it …
          </Button>
          <Button label={`Set aside with a reason: ${row.name}`} onPress={() => setDoing('aside')}>
            Set aside with a reason …
          </Button>
        </div>
      );
    case 'aside':
      return <AsideForm name={row.name} onDone={(reason) => void setAside(reason)} onLeave={leave} />;
    case 'rule':
      return (
        <RuleForm
          policies={session.judged?.policies ?? []}
          onDone={(path) => void beginRule(path)}
          onLeave={leave}
        />
      );
  }
}

function AsideForm({
  name,
  onDone,
  onLeave,
}: {
  readonly name: string;
  readonly onDone: (reason: string) => void;
  readonly onLeave: () => void;
}) {
  const [reason, setReason] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // Whoever opened the question is about to answer it.
  useEffect(() => input.current?.focus(), []);
  return (
    <Form onLeave={onLeave} onSubmit={() => reason.trim() !== '' && onDone(reason)}>
      <TextField className="field" value={reason} onChange={setReason}>
        <Label className="field-label">Why does no rule implement “{name}”?</Label>
        <Input ref={input} className="input" />
      </TextField>
      <Button look="main" disabled={reason.trim() === ''} onPress={() => onDone(reason)}>
        Set aside
      </Button>
    </Form>
  );
}

function RuleForm({
  policies,
  onDone,
  onLeave,
}: {
  readonly policies: readonly { readonly path: string; readonly title: string; readonly from: string }[];
  readonly onDone: (path: string) => void;
  readonly onLeave: () => void;
}) {
  const [path, setPath] = useState(policies[0]?.path ?? '');
  return (
    <Form onLeave={onLeave} onSubmit={() => path !== '' && onDone(path)}>
      <Select
        label="In which policy?"
        choices={policies.map((policy) => ({
          id: policy.path,
          title: policy.title,
          detail: `from ${policy.from}`,
        }))}
        chosen={path}
        onChoose={setPath}
      />
      <Button look="main" disabled={path === ''} onPress={() => onDone(path)}>
        Begin the rule
      </Button>
    </Form>
  );
}

function Form({
  children,
  onSubmit,
  onLeave,
}: {
  readonly children: ReactNode;
  readonly onSubmit: () => void;
  readonly onLeave: () => void;
}) {
  return (
    <form
      className="clause-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <Button look="quiet" onPress={onLeave}>
        Cancel
      </Button>
    </form>
  );
}
