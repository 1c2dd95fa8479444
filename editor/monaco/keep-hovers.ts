import { setHoverDelegateFactory } from 'monaco-editor/base/browser/ui/hover/hoverDelegateFactory';
import { StandaloneServices } from 'monaco-editor/editor/standalone/browser/standaloneServices';
import { WorkbenchHoverDelegate } from 'monaco-editor/platform/hover/browser/hover';
import { IInstantiationService } from 'monaco-editor/platform/instantiation/common/instantiation';

/**
 * Every editor that is made takes over, for the whole page, how what one points at is explained, and takes it along when
 * it goes: the next list of proposals would then end in an error. Here that is given back to what stays.
 * To be called after an editor was made that will go.
 */
export function keepHovers(): void {
  const lasting = StandaloneServices.get(IInstantiationService);
  setHoverDelegateFactory((placement, instantHover) =>
    lasting.createInstance(WorkbenchHoverDelegate, placement, { instantHover }, {}),
  );
}
