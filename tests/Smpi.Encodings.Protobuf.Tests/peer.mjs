// Speaks Protobuf for the tests: reads one line of JSON for each task, and answers with one line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/");
const protobuf = require("protobufjs");
protobuf.util.Long = require("long");
protobuf.configure();

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  try {
    const root = new protobuf.Root();
    for (const name of ["timestamp", "duration"])
      protobuf.parse(task.imports[name], root, { keepCase: true });
    const type = protobuf.parse(task.proto, root, { keepCase: true }).root.lookupType(task.type);
    const message = type.decode(Buffer.from(task.body, "hex"));
    const shown = type.toObject(message, { longs: String, enums: String, bytes: String });
    const again = type.encode(type.fromObject(shown)).finish();
    console.log(JSON.stringify({ shown, again: Buffer.from(again).toString("hex") }));
  } catch (error) {
    console.log("error: " + error.message);
  }
}
