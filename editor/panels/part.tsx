import type { ComponentType } from 'react';
import { memo, useDeferredValue } from 'react';

import type { Session } from '../session/session.ts';
import { useSession, useSteadySession } from '../session/use-session.ts';
import type { FilePanelProps, PanelProps } from './panel.ts';

/** What a part of the frame is given; the session it looks up itself. */
export type PartProps = Omit<PanelProps, 'session'>;
export type FilePartProps = PartProps & { readonly path: string };

/**
 * A panel that is drawn again only when what it reads has changed, as data: not at every key.
 * INVARIANT: `reads` gives everything that the panel makes of the session, on the screen and in what its controls do;
 * whatever else a control needs it asks the store for when it is used.
 */
export function part(
  Panel: ComponentType<PanelProps>,
  reads: (session: Session) => unknown,
): ComponentType<PartProps> {
  const Steady = memo(Panel);
  return function Part(props) {
    return <Steady {...props} session={useSteadySession(props.workbench.store, reads)} />;
  };
}

/** The same for a panel that is costly to draw: in small steps, which whatever is pressed meanwhile breaks into. */
export function partInSteps(
  Panel: ComponentType<PanelProps>,
  reads: (session: Session) => unknown,
): ComponentType<PartProps> {
  const Steady = memo(Panel);
  return function Part(props) {
    const session = useDeferredValue(useSteadySession(props.workbench.store, reads));
    return <Steady {...props} session={session} />;
  };
}

/** A panel that is drawn again at every change of the session: for what is shown for a while only. */
export function Whole({ Panel, ...props }: PartProps & { readonly Panel: ComponentType<PanelProps> }) {
  return <Panel {...props} session={useSession(props.workbench.store, (session) => session)} />;
}

/** The same for a panel about the open file. */
export function filePart(
  Panel: ComponentType<FilePanelProps>,
  reads: (session: Session, path: string) => unknown,
): ComponentType<FilePartProps> {
  const Steady = memo(Panel);
  return function FilePart({ path, ...props }) {
    const session = useSteadySession(props.workbench.store, (it) => [path, reads(it, path)]);
    const file = session.files.get(path);
    return file ? <Steady {...props} session={session} file={file} /> : null;
  };
}

/** A view of the open file that is drawn again at every change of the session. */
export function wholeFile(Panel: ComponentType<FilePanelProps>): ComponentType<FilePartProps> {
  return filePart(Panel, (session) => session);
}
