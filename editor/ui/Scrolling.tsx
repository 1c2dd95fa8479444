import type { ReactNode } from 'react';

interface ScrollingProps {
  readonly label: string;
  readonly className: string;
  /** Where the keyboard goes when it goes to the pane. */
  readonly focus?: boolean;
  readonly children: ReactNode;
}

/** Something to read that may be longer than its place. It scrolls, so the keyboard must be able to stop at it. */
export function Scrolling({ label, className, focus = false, children }: ScrollingProps) {
  return (
    <section
      className={className}
      aria-label={label}
      {...(focus ? { 'data-pane-focus': '' } : {})}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {children}
    </section>
  );
}
