/** Parts of Monaco that it gives no types. */

/** The colouring of YAML. */
declare module 'monaco-editor/languages/definitions/yaml/yaml' {
  export const language: import('monaco-editor/editor').languages.IMonarchLanguage;
}

declare module 'monaco-editor/base/browser/ui/hover/hoverDelegateFactory' {
  export function setHoverDelegateFactory(make: (placement: string, instantHover: boolean) => unknown): void;
}

declare module 'monaco-editor/editor/standalone/browser/standaloneServices' {
  export const StandaloneServices: { get(id: unknown): { createInstance(...made: unknown[]): unknown } };
}

declare module 'monaco-editor/platform/instantiation/common/instantiation' {
  export const IInstantiationService: unknown;
}

declare module 'monaco-editor/platform/hover/browser/hover' {
  export const WorkbenchHoverDelegate: unknown;
}
