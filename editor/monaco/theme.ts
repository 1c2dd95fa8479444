import type { editor } from 'monaco-editor/editor';

import type { Look } from '../session/look.ts';

/** A theme for Monaco, which wants plain hex colours, from the tokens of the page. */
export function themeData(look: Look): editor.IStandaloneThemeData {
  const scheme = look === 'dark' || look === 'contrast-dark' ? 'dark' : 'light';
  const probe = document.createElement('span');
  probe.style.colorScheme = scheme;
  document.body.append(probe);
  const token = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return toHex(getComputedStyle(probe).color);
  };
  const bare = (name: string): string => token(name).slice(1);

  const data: editor.IStandaloneThemeData = {
    base: scheme === 'light' ? 'vs' : 'vs-dark',
    inherit: false,
    rules: [
      { token: '', foreground: bare('text') },
      { token: 'type', foreground: bare('code-key') },
      { token: 'string', foreground: bare('code-text') },
      { token: 'number', foreground: bare('code-number') },
      { token: 'keyword', foreground: bare('code-number') },
      { token: 'comment', foreground: bare('code-comment'), fontStyle: 'italic' },
      { token: 'operators', foreground: bare('code-mark') },
      { token: 'delimiter', foreground: bare('code-mark') },
      { token: 'meta', foreground: bare('code-mark') },
      { token: 'tag', foreground: bare('code-mark') },
      { token: 'namespace', foreground: bare('code-mark') },
    ],
    colors: {
      'editor.background': token('surface'),
      'editor.foreground': token('text'),
      'editorLineNumber.foreground': token('text-faint'),
      'editorLineNumber.activeForeground': token('text'),
      'editorLineNumber.dimmedForeground': token('text-faint'),
      'editorCursor.foreground': token('accent'),
      'editor.lineHighlightBackground': token('sunken'),
      'editor.lineHighlightBorder': token('sunken'),
      'editor.selectionBackground': token('accent-soft'),
      'editor.inactiveSelectionBackground': token('accent-soft'),
      'editor.selectionHighlightBackground': token('accent-soft'),
      'editor.wordHighlightBackground': token('hover'),
      'editor.findMatchBackground': token('accent-line'),
      'editor.findMatchHighlightBackground': token('accent-soft'),
      'editorIndentGuide.background1': token('line'),
      'editorIndentGuide.activeBackground1': token('line-strong'),
      'editorCodeLens.foreground': token('text-soft'),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, token('code-mark')]),
      ),
      'editorBracketHighlight.unexpectedBracket.foreground': token('deny'),
      'editorBracketMatch.background': token('hover'),
      'editorBracketMatch.border': token('line-strong'),
      'editorError.foreground': token('deny'),
      'editorWarning.foreground': token('review'),
      'editorInfo.foreground': token('advise'),
      'editorLightBulb.foreground': token('accent'),
      'editorWidget.background': token('raised'),
      'editorWidget.foreground': token('text'),
      'editorWidget.border': token('line'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.foreground': token('text'),
      'editorHoverWidget.border': token('line'),
      'editorHoverWidget.statusBarBackground': token('sunken'),
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.foreground': token('text'),
      'editorSuggestWidget.border': token('line'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('text'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidgetStatus.foreground': token('text-soft'),
      'menu.background': token('raised'),
      'menu.foreground': token('text'),
      'menu.selectionBackground': token('accent-soft'),
      'menu.selectionForeground': token('text'),
      'menu.border': token('line'),
      'input.background': token('sunken'),
      'input.foreground': token('text'),
      'input.border': token('line'),
      'input.placeholderForeground': token('text-faint'),
      'quickInput.background': token('raised'),
      'quickInput.foreground': token('text'),
      'list.activeSelectionBackground': token('accent-soft'),
      'list.activeSelectionForeground': token('text'),
      'list.focusBackground': token('accent-soft'),
      'list.focusForeground': token('text'),
      'list.hoverBackground': token('hover'),
      'list.highlightForeground': token('accent'),
      'textLink.foreground': token('accent'),
      'textLink.activeForeground': token('accent-strong'),
      foreground: token('text'),
      descriptionForeground: token('text-soft'),
      focusBorder: token('accent'),
      'widget.shadow': `${token('text')}22`,
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${token('text-faint')}40`,
      'scrollbarSlider.hoverBackground': `${token('text-faint')}70`,
      'scrollbarSlider.activeBackground': `${token('text-faint')}90`,
      'editorOverviewRuler.errorForeground': token('deny'),
      'editorOverviewRuler.warningForeground': token('review'),
      'diffEditor.insertedTextBackground': `${token('pay')}2e`,
      'diffEditor.removedTextBackground': `${token('deny')}2e`,
      'diffEditor.insertedLineBackground': `${token('pay')}14`,
      'diffEditor.removedLineBackground': `${token('deny')}14`,
      'diffEditor.unchangedRegionBackground': token('sunken'),
      'diffEditor.unchangedRegionForeground': token('text-soft'),
      'diffEditor.border': token('line'),
    },
  };
  probe.remove();
  return data;
}

/** `rgb(28, 30, 34)` as `#1c1e22`. */
function toHex(rgb: string): string {
  const numbers = rgb.match(/[\d.]+/g)?.slice(0, 3) ?? [];
  return `#${numbers.map((number) => Math.round(Number(number)).toString(16).padStart(2, '0')).join('')}`;
}
