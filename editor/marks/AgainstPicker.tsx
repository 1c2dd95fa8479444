import type { Against, Session } from '../session/session.ts';
import type { Workbench } from '../session/workbench.ts';
import { Select } from '../ui/Select.tsx';
import { againstTitle } from './against.ts';
import { dateIn } from './when.ts';

interface AgainstPickerProps {
  readonly against: Against;
  readonly releases: Session['releases'];
  readonly workbench: Workbench;
}

/** What everything is compared with: a release, or the files as saved. Nothing to choose where nothing is published. */
export function AgainstPicker({ against, releases, workbench }: AgainstPickerProps) {
  const published = releases?.releases.toReversed() ?? [];
  if (published.length === 0) return null;
  return (
    <Select
      label="Compared with"
      quiet
      choices={[
        ...published.map(({ number, manifest }) => ({
          id: String(number),
          title: againstTitle({ kind: 'release', number }),
          ...(manifest === null ? {} : { detail: dateIn(manifest.when) }),
        })),
        { id: saved, title: 'The files as saved' },
      ]}
      chosen={against.kind === 'saved' ? saved : String(against.number)}
      onChoose={(id) =>
        void workbench.compareWith(id === saved ? { kind: 'saved' } : { kind: 'release', number: Number(id) })
      }
    />
  );
}

const saved = 'saved';
