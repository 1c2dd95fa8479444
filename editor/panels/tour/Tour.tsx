import { useEffect, useMemo, useState } from 'react';
import { Dialog, Heading, OverlayArrow, Popover } from 'react-aria-components';

import { Button } from '../../ui/Button.tsx';
import type { PanelProps } from '../panel.ts';
import { tourSteps } from './tour-steps.ts';
import './tour.css';

/** Four steps over the real workbench, which stays usable meanwhile. */
export function Tour({ workbench }: PanelProps) {
  const [at, setAt] = useState(0);
  const step = tourSteps[at]!;
  const { pane } = step;
  // Looked up when it is needed: the first step may be drawn together with the pane that it is about.
  const target = useMemo(() => lazyElement(`[data-pane="${pane}"]`), [pane]);

  useEffect(() => {
    const element = target.current;
    element?.setAttribute('data-tour', '');
    return () => element?.removeAttribute('data-tour');
  }, [target]);

  const leave = () => {
    workbench.change({ tourSeen: true });
    workbench.leaveDialog();
  };
  const last = at === tourSteps.length - 1;

  return (
    <Popover
      key={step.pane}
      className="tour"
      isNonModal
      isOpen
      triggerRef={target}
      placement={step.pane === 'files' ? 'right top' : 'bottom'}
      offset={step.pane === 'files' ? 8 : -120}
      onOpenChange={(open) => open || leave()}
      shouldCloseOnInteractOutside={() => false}
    >
      <OverlayArrow />
      <Dialog className="tour-body" aria-label={`Tour, step ${at + 1} of ${tourSteps.length}: ${step.title}`}>
        <p className="tour-count">
          Step {at + 1} of {tourSteps.length}
        </p>
        <Heading slot="title" className="tour-title">
          {step.title}
        </Heading>
        <p>{step.text}</p>
        <div className="tour-foot">
          <Button look="quiet" onPress={leave}>
            {last ? 'Close' : 'Leave the tour'}
          </Button>
          <span className="spacer" />
          {at > 0 ? <Button onPress={() => setAt(at - 1)}>Back</Button> : null}
          <Button look="main" onPress={() => (last ? leave() : setAt(at + 1))}>
            {last ? 'Begin' : 'Next'}
          </Button>
        </div>
      </Dialog>
    </Popover>
  );
}

function lazyElement(selector: string): { readonly current: Element | null } {
  return {
    get current() {
      return document.querySelector(selector);
    },
  };
}
