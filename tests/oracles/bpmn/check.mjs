// Reads BPMN files as bpmn-moddle does and lints them with bpmnlint's recommended rules.
// In: {name: xml} as JSON. Out: {name: {ok, message, warnings, elements, reports}} as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const Linter = require('bpmnlint/lib/linter');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

// A new one for each file: some rules remember what they saw, and would take a file for a copy of the one before.
const linter = () =>
  new Linter({ config: { extends: 'bpmnlint:recommended' }, resolver: new NodeResolver({ require }) });
const texts = JSON.parse(readFileSync(0, 'utf8'));
const answers = {};
for (const [name, xml] of Object.entries(texts)) {
  try {
    const { rootElement, warnings, elementsById } = await new BpmnModdle().fromXML(xml);
    const reports = Object.entries(await linter().lint(rootElement)).flatMap(([rule, found]) =>
      found.map(({ id, message, category }) => ({ rule, id, message, category })),
    );
    answers[name] = {
      ok: true,
      warnings: warnings.map(({ message }) => message),
      elements: Object.keys(elementsById).length,
      names: Object.fromEntries(
        Object.values(elementsById).filter(({ name: label }) => label).map(({ id, name: label }) => [id, label]),
      ),
      reports,
    };
  } catch (error) {
    answers[name] = { ok: false, message: String(error.message), warnings: [], reports: [] };
  }
}
process.stdout.write(JSON.stringify(answers));
