import { createServer } from 'node:net';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { answerLines } from '../lines.mjs';

const server = createServer({ noDelay: true }, (socket) => {
    const connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
    connection.onRequest('row', (row) => row);
    connection.listen();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

await answerLines({ port: () => server.address().port });
