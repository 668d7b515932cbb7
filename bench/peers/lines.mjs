// What the programs of the peers on Node share: commands over standard input, the histogram of durations and the record.
import { createInterface } from 'node:readline';

export const row = { id: 42, name: 'sixteen letters!', value: 3.25 };

// One command a line, one answer a line, until the input ends.
export async function answerLines(commands) {
    for await (const line of createInterface({ input: process.stdin })) {
        const [command, ...rest] = line.split(' ');
        let answer;
        try {
            if (command === 'usage') {
                const { user, system } = process.cpuUsage();
                answer = `${user} ${system}`;
            } else {
                answer = await commands[command](...rest.map(Number));
            }
        } catch (error) {
            answer = `failed ${line}: ${String(error).replaceAll('\n', ' ')}`;
        }
        process.stdout.write(`${answer}\n`);
    }
    process.exit(0);
}

// Sixteen buckets of nanoseconds for every power of two, as in Latency.cs.
export class Latency {
    #buckets = new Float64Array(64 * 16);

    record(milliseconds) {
        const value = Math.max(0, Math.floor(milliseconds * 1e6));
        if (value < 16) {
            this.#buckets[value]++;
            return;
        }
        let octave = 4;
        let part = value;
        while (part >= 2 ** 31) {
            part = Math.floor(part / 2);
            octave++;
        }
        const high = 31 - Math.clz32(part);
        octave += high - 4;
        this.#buckets[(octave - 3) * 16 + ((part >>> (high - 4)) & 15)]++;
    }

    toString() {
        const parts = [];
        this.#buckets.forEach((count, index) => count > 0 && parts.push(`${index}:${count}`));
        return parts.join(' ');
    }
}

// So many callers, each starting its next call when the last one is answered.
export async function unary(seconds, inFlight, call) {
    const latency = new Latency();
    const end = performance.now() + seconds * 1000;
    let count = 0;
    async function caller() {
        for (let start = performance.now(); start < end; count++) {
            await call();
            const now = performance.now();
            latency.record(now - start);
            start = now;
        }
    }
    await Promise.all(Array.from({ length: inFlight }, caller));
    return `${count} ${latency}`;
}
