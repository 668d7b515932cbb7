// A peer that knows WebSocket by the package 'ws', and the native format by its page only.
import { createRequire } from 'node:module';

const [folder, mode, target, helloHex] = process.argv.slice(2);
const { WebSocket, WebSocketServer } = createRequire(folder + '/')('ws');
const hello = Buffer.from(helloHex, 'hex');

function frame(type, fields, body) {
    const rest = Buffer.concat([Buffer.from([type, 0, ...fields]), Buffer.from(body)]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(rest.length);
    return Buffer.concat([length, rest]);
}

// The frames of the native format, however the messages cut them.
function* frames(state, data) {
    state.rest = Buffer.concat([state.rest ?? Buffer.alloc(0), data]);
    while (state.rest.length >= 4 && state.rest.length >= 4 + state.rest.readUInt32LE(0)) {
        const end = 4 + state.rest.readUInt32LE(0);
        yield state.rest.subarray(4, end);
        state.rest = state.rest.subarray(end);
    }
}

if (mode === 'client') {
    const socket = new WebSocket(target, 'smpi.v1');
    const state = {};
    socket.on('open', () => {
        // One octet in each fragment, and a message that ends within a frame.
        const request = frame(1, [1, 0, 3, ...Buffer.from('add')], JSON.stringify({ left: 20, right: 22 }));
        const all = Buffer.concat([hello, request]);
        for (let i = 0; i < all.length; i++) socket.send(all.subarray(i, i + 1), { binary: true, fin: i === 100 || i === all.length - 1 });
    });
    socket.on('message', data => {
        for (const one of frames(state, data)) {
            if (one[0] !== 2) continue;
            console.log('answer ' + one.subarray(3).toString());
            socket.close(1000, 'done');
        }
    });
    socket.on('close', (code, text) => console.log(`closed ${code} ${text}`));
    socket.on('error', error => console.log('error ' + error.message));
    socket.on('unexpected-response', (_, answer) => { console.log('refused ' + answer.statusCode); process.exit(0); });
} else {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'smpi.v1' }, () => console.log(server.address().port));
    server.on('connection', (socket, request) => {
        const state = {};
        console.log('header ' + request.headers['x-token']);
        const listener = Buffer.from(hello);
        listener[4 + 2 + 5 + 3 + 3 + 2] = 1;
        socket.send(listener.subarray(0, 10), { binary: true });
        socket.send(listener.subarray(10), { binary: true });
        socket.on('message', data => {
            for (const one of frames(state, data)) {
                if (one[0] !== 1) continue;
                const asked = JSON.parse(one.subarray(one.indexOf('{')).toString());
                let end = 2;
                while (one[end] & 0x80) end++;
                socket.send(frame(2, [...one.subarray(2, end + 1)], String(asked.left + asked.right)), { binary: true });
                socket.once('pong', () => socket.close(1001, 'enough'));
                setImmediate(() => socket.ping());
            }
        });
    });
}
