import type { ExportVersion } from '../../../publishing/exporting.ts';
import type { ExportState } from '../../session/export-run.ts';
import type { Session } from '../../session/session.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Quoted } from '../../ui/Quoted.tsx';
import { Radios } from '../../ui/Radios.tsx';
import { Select } from '../../ui/Select.tsx';
import { NotSaved } from '../publish/NotSaved.tsx';
import { signingChoices, versionWords } from './exports-view.ts';

interface ChoicesProps {
  readonly session: Session;
  readonly workbench: Workbench;
  /** Null where nothing has been published, so that there is nothing to choose. */
  readonly version: ExportVersion | null;
  readonly signWith: string | null;
  readonly state: ExportState;
}

/** What goes along with an export, and who signs it. */
export function Choices({ session, workbench, version, signWith, state: { choices, keys } }: ChoicesProps) {
  const { choose } = workbench.exports;
  const signing = signingChoices(keys);
  return (
    <div className="exports-choices">
      <NotSaved session={session} workbench={workbench} />
      {version === null ? (
        <p>Nothing has been published yet, so the files as saved are exported.</p>
      ) : (
        <Radios
          label="Which version"
          choices={(['release:latest', 'draft'] as const).map((id) => ({ id, title: versionWords[id] }))}
          chosen={version}
          onChoose={(id) => choose({ version: id })}
        />
      )}
      <div>
        <Checkbox chosen={!choices.withoutSaved} onChange={(along) => choose({ withoutSaved: !along })}>
          Saved encounters, for the proof
        </Checkbox>
        <p className="exports-under">Look at them first: nothing about a real patient belongs in a bundle.</p>
      </div>
      <div>
        <Checkbox chosen={choices.mutants} onChange={(mutants) => choose({ mutants })}>
          Deliberate errors
        </Checkbox>
        <p className="exports-under">
          Each export is also run with mistakes made on purpose, to show that its proof would notice them.
          This takes minutes.
        </p>
      </div>
      {signing.choices.length > 1 ? (
        <Select
          label="Signature"
          choices={signing.choices}
          chosen={signWith ?? 'none'}
          onChoose={(id) => choose({ signWith: id === 'none' ? null : id })}
        />
      ) : null}
      {signWith === null ? null : (
        <p className="exports-soft">
          Id of the key, to read to your receiver: <code className="exports-key">{signWith}</code>
        </p>
      )}
      {signing.notes.map((note) => (
        <p key={note} className="exports-soft">
          <Quoted text={note} />
        </p>
      ))}
    </div>
  );
}
