// Reads {"name": "mermaid text"} from standard input with the real mermaid parser and answers, per name,
// with its nodes, edges and subgraphs, or with the error that mermaid gives.
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, maxTextSize: 50_000, maxEdges: 500 });

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const answers = {};
for (const [name, text] of Object.entries(texts)) {
  try {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const db = diagram.db;
    const nodes = [...db.getVertices().values()].map((node) => ({ id: node.id, text: node.text, type: node.type }));
    const edges = db.getEdges().map((edge) => ({ source: edge.start, target: edge.end, text: edge.text ?? "" }));
    const groups = db.getSubGraphs().map((group) => ({ id: group.id, title: group.title, nodes: group.nodes }));
    answers[name] = { ok: true, type: diagram.type, title: db.getDiagramTitle?.() ?? "", nodes, edges, groups };
  } catch (error) {
    answers[name] = { ok: false, error: String(error?.message ?? error) };
  }
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
