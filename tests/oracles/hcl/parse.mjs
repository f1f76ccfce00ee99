// Reads {"name": "HCL text"} from standard input with HashiCorp's own parser (compiled by @cdktf) and answers, per
// name, with what it read as JSON, or with the error that the parser gives.
import { parse } from "@cdktf/hcl2json";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const answers = {};
for (const [name, text] of Object.entries(texts)) {
  try {
    answers[name] = { ok: true, read: await parse(`${name}.tf`, text) };
  } catch (error) {
    answers[name] = { ok: false, error: String(error?.message ?? error) };
  }
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
