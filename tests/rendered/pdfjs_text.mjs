// What pdf.js says of a file: node pdfjs_text.mjs FILE.pdf
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const pdfjs = createRequire(import.meta.url)("/usr/share/javascript/pdf/build/pdf.js"); // Debian's libjs-pdf
const document = await pdfjs.getDocument({ data: new Uint8Array(readFileSync(process.argv[2])), verbosity: 0 }).promise;
let text = "";
for (let number = 1; number <= document.numPages; ++number) {
  const { items } = await (await document.getPage(number)).getTextContent();
  for (const item of items) text += item.str + (item.hasEOL ? "\n" : "");
  text += "\n";
}
process.stdout.write(text);
