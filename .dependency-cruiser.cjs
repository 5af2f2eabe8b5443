/**
 * The walls of the house. main/walls.test.ts breaks each of them once to prove that it is noticed.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'shared-reaches-nothing-outside',
      comment: 'shared/ is read by every process: it imports itself and valibot only.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/', '^(node_modules/)?valibot(/|$)'] },
    },
    {
      name: 'shared-tests-reach-nothing-of-the-house',
      comment: 'A test in shared/ may use the test runner and Node besides, but no other folder.',
      severity: 'error',
      from: { path: '^shared/.+\\.test\\.ts$' },
      to: { pathNot: ['^shared/', '^(node_modules/)?(valibot|vitest)(/|$)'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'only-the-worker-sees-tensorflow',
      comment:
        'TensorFlow blocks its thread and crashes natively: it lives in main/worker/ only, but for what races against it.',
      severity: 'error',
      from: { pathNot: '^(main/worker/|scripts/bench/contenders/|node_modules/)' },
      to: { path: '^(node_modules/)?@tensorflow/' },
    },
    {
      name: 'only-the-command-line-and-the-trainer-see-the-worker',
      comment: 'The worker is another process: main forks it by its path, cli.ts and lab/ are it without a window.',
      severity: 'error',
      from: { pathNot: '^main/(worker/|lab/|cli\\.ts$|trainer\\.ts$)' },
      to: { path: '^main/worker/' },
    },
    {
      name: 'the-worker-sees-no-window',
      comment:
        'The worker runs in Node as well as in Electron; of main it knows nothing but write-file.ts, which is plain Node.',
      severity: 'error',
      from: { path: '^main/worker/' },
      to: { path: ['^main/(?!worker/|write-file\\.ts$)', '^(node_modules/)?electron(/|$)'] },
    },
    {
      name: 'the-command-line-sees-no-window',
      comment:
        'The command line is plain Node: Electron, and what is built on it, is not there. write-file.ts is not built on it.',
      severity: 'error',
      from: { path: '^main/(lab/|cli\\.ts$)' },
      to: { path: ['^main/(?!worker/|lab/|write-file\\.ts$)', '^(node_modules/)?electron(/|$)'] },
    },
    {
      name: 'the-scene-never-sees-svelte',
      comment: 'renderer/scene/ is plain three.js: Svelte and all that is written in it stay at the edge.',
      severity: 'error',
      from: { path: '^renderer/scene/' },
      to: {
        path: [
          '^(node_modules/)?svelte(/|$)',
          '^(node_modules/)?(bits-ui|@lucide/svelte)(/|$)',
          '\\.svelte(\\.ts)?$',
          '^renderer/(state|panels|controls|messages)/',
        ],
      },
    },
    {
      name: 'the-renderer-never-sees-node-or-electron',
      comment: 'The page is sandboxed: there is no Node in it. Tests run in Node and may use it.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-renderer-never-sees-main',
      comment: 'What the page wants of main goes through the bridge; what it wants of the worker, over the port.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^main/', '^(node_modules/)?electron(/|$)'] },
    },
    {
      name: 'main-never-sees-the-renderer',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'no-product-code-sees-tests',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/', pathNot: '\\.test\\.ts$' },
      to: { path: ['\\.test\\.ts$', '^e2e/'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // Imports of types are imports too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^out/', '^renderer/messages/compiled/', '^main/worker/graph/proto/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'svelte', 'browser', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
