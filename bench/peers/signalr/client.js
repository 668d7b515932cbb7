import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { answerLines, row, unary } from '../lines.mjs';

let connection;

await answerLines({
    async connect(port) {
        connection = new HubConnectionBuilder()
            .withUrl(`http://127.0.0.1:${port}/rows`, { transport: HttpTransportType.WebSockets })
            .configureLogging(LogLevel.Error)
            .build();
        await connection.start();
        return 'done';
    },
    unary: (seconds, inFlight) => unary(seconds, inFlight, () => connection.invoke('Row', row)),
    stream(seconds) {
        const end = performance.now() + seconds * 1000;
        let count = 0;
        let stopped = false;
        return new Promise((resolve, reject) => {
            connection.stream('Rows').subscribe({
                next() {
                    if ((++count & 63) !== 0 || stopped || performance.now() < end) return;
                    stopped = true;
                    connection.send('Stop').catch(reject);
                },
                error: reject,
                // What is still under way when the stream is stopped counts too.
                complete: () => resolve(count),
            });
        });
    },
});
