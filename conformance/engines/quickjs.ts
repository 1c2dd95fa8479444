import type { ConformanceEngine } from '../engine.ts';
import { toAnswer } from './node.ts';
import type { ModuleAnswer } from './node.ts';

/** QuickJS, compiled to WebAssembly: a second JavaScript engine, by other makers. */
export const quickjs: ConformanceEngine = {
  target: 'javascript',
  id: 'quickjs',
  title: 'QuickJS',
  from: 'npm',
  async start() {
    const { getQuickJS } = await import('quickjs-emscripten');
    const engine = await getQuickJS();
    const { default: packaged } = await import('quickjs-emscripten/package.json', { with: { type: 'json' } });
    return {
      missing: null,
      version: `quickjs-emscripten ${packaged.version}`,
      load: async (files) => {
        const runtime = engine.newRuntime();
        runtime.setModuleLoader(() => files.find(({ path }) => path === 'policy.mjs')!.text);
        const context = runtime.newContext();
        const call = (code: string, type: 'global' | 'module') =>
          context.unwrapResult(context.evalCode(code, 'runner.mjs', { type }));
        call(
          `import { judge } from 'policy.mjs';
           globalThis.run = (text) => JSON.stringify(JSON.parse(text).map((one) => judge(one)));`,
          'module',
        ).dispose();
        const pending = runtime.executePendingJobs();
        if (pending.error) throw new Error(String(context.dump(pending.error)));
        return {
          async judge(encounters) {
            const run = context.getProp(context.global, 'run');
            const given = context.newString(JSON.stringify(encounters));
            const result = context.unwrapResult(context.callFunction(run, context.undefined, given));
            const text = context.getString(result);
            for (const handle of [run, given, result]) handle.dispose();
            return (JSON.parse(text) as readonly ModuleAnswer[]).map(toAnswer);
          },
          unload: async () => {
            context.dispose();
            runtime.dispose();
          },
        };
      },
      stop: async () => {},
    };
  },
};
