import { useEffect, useMemo, useState } from 'react';
import {
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Text,
  TextField,
} from 'react-aria-components';

import { chooseOnceJudged } from '../../session/subjects.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import type { TemplateRow } from '../../worker/queries/encounter-templates.ts';
import type { PanelProps } from '../panel.ts';
import { templateGroups } from './new-encounter-view.ts';
import './new-encounter.css';

const asTemplate = '*';

/** A new encounter from a template: which, for whom, on which day, and what it is called. */
export function NewEncounterDialog({ session, workbench }: PanelProps) {
  const { judged, settings } = session;
  const [templates, setTemplates] = useState<readonly TemplateRow[]>([]);
  const [template, setTemplate] = useState('therapy-visit');
  const [payer, setPayer] = useState(settings.payer ?? asTemplate);
  const [date, setDate] = useState(settings.asOf ?? '');
  const [title, setTitle] = useState('');

  useEffect(() => {
    let wanted = true;
    void workbench.ask('templates', undefined).then((found) => wanted && setTemplates(found));
    return () => {
      wanted = false;
    };
  }, [workbench]);

  const groups = useMemo(
    () => templateGroups(templates, payer === asTemplate ? null : payer),
    [templates, payer],
  );
  const chosen = templates.find(({ id }) => id === template) ?? null;
  const payers = judged?.payers ?? [];

  async function create(): Promise<void> {
    const edits = await workbench.ask('newEncounter', {
      from: { template },
      title: title.trim() === '' ? (chosen?.title ?? 'Encounter') : title.trim(),
      payer: payer === asTemplate ? null : payer,
      date: date === '' ? null : date,
    });
    if (!edits) return;
    workbench.leaveDialog();
    workbench.applyEdits('New encounter', [edits]);
    workbench.chooseFile(edits.path);
    workbench.showView('form');
    // Its verdict stands beside the form.
    chooseOnceJudged(workbench, edits.path);
  }

  return (
    <Dialog
      title="New encounter"
      note="It becomes a file of its own among the test cases. Nothing is written to disk before you save."
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button onPress={() => workbench.leaveDialog()}>Cancel</Button>
          <Button look="main" disabled={chosen === null} onPress={() => void create()}>
            Create the encounter
          </Button>
        </>
      }
    >
      <div className="new-encounter">
        <div className="new-encounter-fields">
          <Select
            label="Payer"
            choices={[
              { id: asTemplate, title: 'As in the template' },
              ...payers.map(({ id, title: words }) => ({ id, title: words })),
            ]}
            chosen={payer}
            onChoose={setPayer}
          />
          <TextField className="field" type="date" value={date} onChange={setDate}>
            <Label className="field-label">Date of service</Label>
            <Input className="input" />
          </TextField>
        </div>
        <div className="field">
          <span className="field-label" id="new-encounter-from">
            Begin with
          </span>
          <ListBox
            className="new-encounter-list"
            aria-labelledby="new-encounter-from"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[template]}
            onSelectionChange={(keys) => {
              const [key] = keys === 'all' ? [] : keys;
              if (key !== undefined) setTemplate(String(key));
            }}
          >
            {groups.map((group) => (
              <ListBoxSection key={group.title} id={group.title}>
                <Header className="new-encounter-head">{group.title}</Header>
                {group.templates.map(({ id, title: name, words }) => (
                  <ListBoxItem key={id} id={id} className="new-encounter-item" textValue={name}>
                    <Text slot="label">{name}</Text>
                    <Text slot="description" className="new-encounter-words">
                      {words}
                    </Text>
                  </ListBoxItem>
                ))}
              </ListBoxSection>
            ))}
          </ListBox>
        </div>
        <TextField className="field" value={title} onChange={setTitle}>
          <Label className="field-label">What is special about it</Label>
          <Input className="input" placeholder={chosen?.title ?? ''} />
        </TextField>
        <p className="new-encounter-note">
          With another date of service every other date moves along, so that a visit a week before stays a
          week before.
        </p>
      </div>
    </Dialog>
  );
}
