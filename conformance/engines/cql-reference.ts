import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cqlInputType } from '#engine';
import { judgeAll, libraryIn, toEngine } from './cql.ts';
import type { CqlAnswer } from './cql.ts';
import type { ConformanceEngine } from '../engine.ts';

interface ElmLibrary {
  readonly statements: { readonly def: readonly object[] };
}

/** One that changes nothing here: the note in ELM must name at least one. */
const translatorOptions = 'DisableListPromotion';

/** What is used of the engine: its own declarations take some of its values for the ELM nodes of the same names. */
interface Engine {
  readonly Boolean: new (value: boolean) => object;
  readonly Integer: new (value: number) => { readonly value: number };
  readonly Decimal: new (value: unknown) => object;
  readonly String: new (value: string) => { readonly value: string };
  readonly Date: { readonly fromDateString: (iso: string) => object };
  readonly List: new (items: unknown) => { readonly value: unknown };
  readonly Tuple: new () => {
    readonly elements: { readonly asJsReadonlyMapView: () => ReadonlyMap<string, unknown> };
    readonly withElements: (elements: unknown) => object;
  };
  readonly iterableToList: (items: unknown) => { readonly asJsReadonlyArrayView: () => readonly unknown[] };
  readonly CqlEngine: Evaluator;
  readonly Environment: new (libraries: object) => object;
  readonly EvaluationParams: {
    readonly LibraryParams: {
      readonly Builder: new () => {
        readonly expressionsByName: (names: readonly string[]) => void;
        readonly build: () => object;
      };
    };
    readonly Builder: new () => {
      parameters: unknown;
      readonly libraryByName: (name: string, params: object) => void;
      readonly build: () => object;
    };
  };
}

interface Evaluator {
  new (
    environment: object,
    options: object,
  ): {
    readonly evaluate: (params: object) => {
      readonly onlyResultOrThrow: {
        readonly getByName: (name: string) => { readonly value: unknown } | null;
      };
    };
  };
  readonly Options: { readonly EnableExpressionCaching: object };
}

/** The reference engine of HL7 (the Java one, built for JavaScript by its makers), on the exported ELM. */
export const cqlReference: ConformanceEngine = {
  target: 'cql',
  id: 'cql-reference',
  title: 'CQL reference engine',
  from: 'npm',
  async start() {
    const [translator, { SystemModelInfoProvider }, loaded, { BigDecimal }, kotlin] = await Promise.all([
      import('@cqframework/cql/cql-to-elm'),
      import('@cqframework/cql/cql'),
      import('@cqframework/cql/engine'),
      import('@cqframework/cql/shared'),
      import('@cqframework/cql/kotlin-kotlin-stdlib'),
    ]);
    const engine = loaded as unknown as Engine;
    // The package does not offer its own description, so it is read where its modules are.
    const folder = dirname(createRequire(import.meta.url).resolve('@cqframework/cql/engine'));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    const { KtMutableMap, KtMutableSet, KtMap, KtList } = kotlin;
    const models = new translator.ModelManager();
    models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
    const options = new translator.CqlCompilerOptions().withOptions([
      translator.CqlCompilerOptions.Options.DisableListPromotion,
    ]);
    return {
      missing: null,
      version,
      load: async (files, program) => {
        const { id, elm } = libraryIn(files);
        // The engine takes ELM from its own translator alone, and with a type for each definition (which judging does not
        // look at); else it would translate the text for ten seconds. That the ELM is what the translator makes of the
        // text is tested.
        const note = { type: 'CqlToElmInfo', translatorVersion: version, translatorOptions };
        const { library } = JSON.parse(elm) as { readonly library: ElmLibrary };
        const taken = JSON.stringify({
          library: {
            ...library,
            annotation: [note],
            statements: {
              def: library.statements.def.map((definition) => ({
                ...definition,
                resultTypeName: '{urn:hl7-org:elm-types:r1}Any',
              })),
            },
          },
        });
        const libraries = new translator.LibraryManager(models, options);
        const provider = {
          getLibrarySource: () => null,
          getLibraryContent: (_: unknown, type: unknown) =>
            String(type) === 'JSON' ? translator.stringAsSource(taken) : null,
        };
        libraries.librarySourceLoader.registerProvider(provider as never);
        // Without its cache the engine evaluates a definition wherever it is named; the cache does not know that the
        // parameter has changed, so each encounter has an engine of its own.
        const caching = KtMutableSet.fromJsSet(new Set([engine.CqlEngine.Options.EnableExpressionCaching]));
        const evaluator = () => new engine.CqlEngine(new engine.Environment(libraries), caching);
        const type = cqlInputType(program.fields);
        const simple = (value: string | number | boolean, name: string) => {
          switch (name) {
            case 'Boolean':
              return new engine.Boolean(value as boolean);
            case 'Integer':
              return new engine.Integer(value as number);
            case 'Decimal':
              return new engine.Decimal(BigDecimal.fromString((value as number).toFixed(3)));
            case 'Date':
              return engine.Date.fromDateString(value as string);
            default:
              return new engine.String(value as string);
          }
        };
        return {
          judge: (encounters) =>
            judgeAll(encounters, program, (encounter) => {
              const value = toEngine<object>(encounter, type, {
                simple,
                list: (items) => new engine.List(KtList.fromJsArray(items)),
                tuple: (elements) =>
                  new engine.Tuple().withElements(KtMutableMap.fromJsMap(new Map(elements))),
              });
              const wanted = new engine.EvaluationParams.LibraryParams.Builder();
              wanted.expressionsByName(['Answer']);
              const builder = new engine.EvaluationParams.Builder();
              builder.libraryByName(id, wanted.build());
              builder.parameters = KtMap.fromJsMap(new Map([['Encounter', value]]));
              const result = evaluator().evaluate(builder.build()).onlyResultOrThrow.getByName('Answer');
              return plain(result!.value) as CqlAnswer;
            }),
          unload: async () => {},
        };
        /** The engine's own values as plain ones. */
        function plain(value: unknown): unknown {
          if (value instanceof engine.Tuple)
            return Object.fromEntries(
              [...value.elements.asJsReadonlyMapView()].map(([name, of]) => [name, plain(of)]),
            );
          if (value instanceof engine.List)
            return [...engine.iterableToList(value.value).asJsReadonlyArrayView()].map(plain);
          if (value instanceof engine.Integer || value instanceof engine.String) return value.value;
          return null;
        }
      },
      stop: async () => {},
    };
  },
};
