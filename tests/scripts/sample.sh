#!/usr/bin/env bash
# Runs the thermostat as a user would: the same server and client over every protocol and encoding, chosen by one word of configuration.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 1
configuration="${CONFIGURATION:-Debug}"
work="$(mktemp -d)"
server_process=""
stop() { [ -z "$server_process" ] || { kill "$server_process" 2>/dev/null; wait "$server_process" 2>/dev/null; server_process=""; }; }
trap 'stop; rm -rf "$work"' EXIT

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

http="$(port)" tcp="$(port)"

try() { # name, options of the server, address of the client
    dotnet "samples/Thermostat.Server/bin/$configuration/net10.0/Thermostat.Server.dll" \
        --Urls="http://127.0.0.1:$http" $2 >"$work/server" 2>&1 &
    server_process=$!
    for _ in $(seq 300); do
        python3 -c "import socket; socket.create_connection(('127.0.0.1', $http), 1).close()" 2>/dev/null && break
        kill -0 "$server_process" 2>/dev/null || break
    done
    if timeout 60 dotnet "samples/Thermostat.Client/bin/$configuration/net10.0/Thermostat.Client.dll" "--Smpi:Address=$3" >"$work/client" 2>&1 \
        && [ "$(grep -c '^watch: Kitchen 21.0 of 21.5$' "$work/client")" = 3 ] && [ "$(grep -c '^contract: Office 17.5 of 18.0$' "$work/client")" = 3 ] && grep -q '^refused: 99 is not between 5 and 30' "$work/client"; then
        echo "passed thermostat over $1"
    else
        cat "$work/client" "$work/server"
        echo "failed thermostat over $1"
    fi
    stop
}

for encoding in json msgpack protobuf; do
    try "$encoding, ASP.NET Core" "" "$encoding+ws://127.0.0.1:$http/smpi"
    try "$encoding, TCP" "--Smpi:Listen=tcp://127.0.0.1:$tcp" "$encoding+tcp://127.0.0.1:$tcp"
    try "$encoding, Unix socket" "--Smpi:Listen=unix:$work/$encoding.sock" "$encoding+unix:$work/$encoding.sock"
done
