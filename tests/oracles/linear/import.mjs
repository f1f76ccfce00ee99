// Runs Linear's importer on CSV files, with a workspace that only writes down what it is asked to create.
// In: {"<importer>/<name>": csv} as JSON. Out: {name: {ok, message, issues, labels, states}} as JSON.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const cli = join(require.resolve('@linear/import/package.json'), '..', 'dist', 'cli.cjs');
const load = Module._load;
const quiet = { log() {}, info() {}, error() {}, warn() {} };

// Just enough of @linear/sdk: a team with one state, one user, and no labels.
const workspace = (made) =>
  class {
    viewer = Promise.resolve({ id: 'me' });
    organization = Promise.resolve({ labels: {} });
    teams = 'teams';
    users = 'users';
    async paginate(of) {
      if (of === 'teams') return [{ id: 'team', key: 'T', displayName: 'Team' }];
      return of === 'users' ? [{ id: 'ada', name: 'Ada Lovelace', email: 'ada@acme.example' }] : [];
    }
    async team() {
      return { labels: {}, paginate: async () => [], projects: async () => ({ nodes: [] }),
               states: async () => ({ nodes: [{ id: 'todo', name: 'Todo', type: 'unstarted' }] }) };
    }
    async createIssueLabel(input) {
      made.labels.push(input.name);
      return { issueLabel: Promise.resolve({ id: input.name }), issueLabelId: input.name, success: true };
    }
    async createWorkflowState(input) {
      made.states.push(input.name);
      return { success: true, workflowState: Promise.resolve({ id: input.name }) };
    }
    async createIssue(input) {
      made.issues.push(input);
      return { success: true, issue: Promise.resolve({}) };
    }
  };

const answer = (path) => async (questions) =>
  Object.fromEntries(
    questions.map(({ name }) => {
      if (/FilePath$/.test(name)) return [name, path];
      const known = { newTeam: false, targetTeamId: 'team', selfAssign: false, targetAssignee: '{{assignee}}' };
      return [name, known[name] ?? ''];
    }),
  );

const imported = (importer, path) =>
  new Promise((done) => {
    const made = { ok: true, message: '', issues: [], labels: [], states: [] };
    const fakes = {
      inquirer: { prompt: answer(path), registerPrompt() {} },
      'inquirer-file-path': {},
      '@linear/sdk': { LinearClient: workspace(made) },
      ora: () => ({ start() { return this; }, stop() { return this; } }),
      'cli-progress': { SingleBar: class { start() {} update() {} stop() {} }, Presets: {} },
    };
    Module._load = (name, ...rest) => fakes[name] ?? load(name, ...rest);
    const before = { exit: process.exit, argv: process.argv, console: globalThis.console };
    const end = (message) => {
      Object.assign(process, { exit: before.exit, argv: before.argv });
      globalThis.console = before.console;
      Module._load = load;
      done({ ...made, ok: !message, message });
    };
    let failed = '';
    process.argv = ['node', 'linear-import', '--importer', importer];
    process.env.LINEAR_API_KEY = 'none';
    process.exit = () => end(failed || 'stopped');
    globalThis.console = {
      ...quiet,
      error: (error) => { failed ||= String(error.stack ?? error); },
      info: (text) => { if (/issues imported/.test(text)) end(''); },
    };
    delete require.cache[cli];
    require(cli);
  });

const folder = mkdtempSync(join(tmpdir(), 'linear-'));
const answers = {};
try {
  for (const [name, csv] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
    const path = join(folder, 'issues.csv');
    writeFileSync(path, csv);
    answers[name] = await imported(name.split('/')[0], path);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(JSON.stringify(answers));
