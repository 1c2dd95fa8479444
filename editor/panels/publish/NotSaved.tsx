import { count } from '../../marks/words.ts';
import type { Session } from '../../session/session.ts';
import { unsavedFiles } from '../../session/session.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';

/** Only what is saved is approved and published, so what is not is told before anything else. */
export function NotSaved({
  session,
  workbench,
}: {
  readonly session: Session;
  readonly workbench: Workbench;
}) {
  const files = unsavedFiles(session);
  if (files.length === 0) return null;
  return (
    <div className="publish-unsaved">
      <span>
        {count(files.length, 'file is', 'files are')} not saved. Only what is saved is compared, approved and
        published.
      </span>
      <Button onPress={() => void workbench.save()}>Save</Button>
    </div>
  );
}
