// Speaks MessagePack for the tests: reads one line of JSON for each task, and answers with one line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/");
const { encode, decode } = require("@msgpack/msgpack");
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const show = (_, value) => {
  if (value instanceof Uint8Array) return { $bin: hex(value) };
  if (typeof value === "bigint") return { $big: value.toString() };
  return value;
};
const revive = (_, value) => {
  if (value && typeof value === "object" && "$bin" in value) return Buffer.from(value.$bin, "hex");
  if (value && typeof value === "object" && "$big" in value) return BigInt(value.$big);
  if (value && typeof value === "object" && "$date" in value) return new Date(value.$date);
  return value;
};

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  try {
    if (task.decode) console.log(JSON.stringify(decode(new Uint8Array(Buffer.from(task.decode, "hex")), { useBigInt64: task.big }), show));
    else console.log(hex(encode(JSON.parse(task.encode, revive), { useBigInt64: task.big })));
  } catch (error) {
    console.log("error: " + error.message);
  }
}
