// Reads {"name": "iCalendar text"} from standard input with ical.js and answers, per name, with its components
// and their properties, or with the error that ical.js gives.
import ICAL from "ical.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const answers = {};
for (const [name, text] of Object.entries(texts)) {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    answers[name] = {
      components: calendar.getAllSubcomponents().map((component) => ({
        name: component.name,
        properties: component.getAllProperties().map((property) => ({
          name: property.name,
          parameters: property.toJSON()[1],
          values: property.getValues().map(String),
        })),
      })),
    };
  } catch (error) {
    answers[name] = { error: String(error) };
  }
}
process.stdout.write(JSON.stringify(answers));
