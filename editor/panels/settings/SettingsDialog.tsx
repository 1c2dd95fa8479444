import { Input, Label, TextField } from 'react-aria-components';

import { textSizes } from '../../session/settings.ts';
import type { Theme } from '../../session/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Radios } from '../../ui/Radios.tsx';
import { Select } from '../../ui/Select.tsx';
import type { PanelProps } from '../panel.ts';
import './settings.css';

const themeChoices: readonly { readonly id: Theme; readonly title: string }[] = [
  { id: 'system', title: 'As the system' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
  { id: 'contrast', title: 'High contrast' },
];

const sizeWords = { 12: 'Small', 13: 'Usual', 15: 'Large', 17: 'Very large' } as const;
const sizeChoices = textSizes.map((size) => ({ id: `${size}`, title: sizeWords[size] }));

const every = '*';

/** How the workbench looks, and which payer and day it is about. Everything takes effect at once. */
export function SettingsDialog({ session, workbench }: PanelProps) {
  const { settings, judged } = session;
  const payers = (judged?.payers ?? []).map(({ id, title }) => ({ id, title }));
  return (
    <Dialog
      title="Settings"
      note="They take effect at once and are kept in this browser."
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <Button look="main" onPress={() => workbench.leaveDialog()}>
          Close
        </Button>
      }
    >
      <div className="settings">
        <Radios
          label="Colours"
          choices={themeChoices}
          chosen={settings.theme}
          onChoose={(theme) => workbench.change({ theme })}
        />
        <Radios
          label="Size of the text"
          choices={sizeChoices}
          chosen={`${settings.textSize}`}
          onChoose={(id) => {
            const textSize = textSizes.find((size) => `${size}` === id);
            if (textSize !== undefined) workbench.change({ textSize });
          }}
        />
        <Select
          label="Payer"
          choices={[{ id: every, title: 'Every payer' }, ...payers]}
          chosen={settings.payer ?? every}
          onChoose={(id) => workbench.change({ payer: id === every ? null : id })}
        />
        <div className="settings-date">
          <TextField
            className="field"
            type="date"
            value={settings.asOf ?? ''}
            onChange={(value) => workbench.change({ asOf: value === '' ? null : value })}
          >
            <Label className="field-label">Date of service</Label>
            <Input className="input" />
          </TextField>
          <Button
            look="quiet"
            disabled={settings.asOf === null}
            onPress={() => workbench.change({ asOf: null })}
          >
            Every date
          </Button>
        </div>
        <p className="settings-note">
          With a payer or a date of service, only the policies that are in force for it are listed, and only
          the encounters of that payer.
        </p>
      </div>
    </Dialog>
  );
}
