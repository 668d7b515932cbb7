import { connect } from 'node:net';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { answerLines, row, unary } from '../lines.mjs';

let connection;

await answerLines({
    async connect(port) {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true });
        await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
        connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
        connection.listen();
        return 'done';
    },
    unary: (seconds, inFlight) => unary(seconds, inFlight, () => connection.sendRequest('row', row)),
});
