/** The colouring of YAML that comes with Monaco, which it gives no types. */
declare module 'monaco-editor/languages/definitions/yaml/yaml' {
  export const language: import('monaco-editor/editor').languages.IMonarchLanguage;
}
