import type { ReactNode } from 'react';

interface PaneProps {
  /** The name by which the keyboard finds it. */
  readonly name: string;
  readonly title: string;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of the screen. */
export function Pane({ name, title, note, tools, children }: PaneProps) {
  const id = `pane-${name}`;
  return (
    <section className="pane" data-pane={name} aria-labelledby={id}>
      <div className="pane-head">
        <h2 className="pane-title" id={id}>
          {title}
        </h2>
        {note === undefined ? null : <span className="pane-note">{note}</span>}
        <span className="spacer" />
        {tools}
      </div>
      {children}
    </section>
  );
}
