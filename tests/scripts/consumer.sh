#!/usr/bin/env bash
# Packs every library and uses the packages from a folder, as somebody else's program does: an ASP.NET Core server, and a client that is run with the
# just-in-time compiler and published with NativeAOT without a warning, on every encoding, with contracts in a library that references none.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 1
out="$(mktemp -d)"
version="0.1.0-consumer.$(date +%s)"
server_process=""
finish() {
    [ -z "$server_process" ] || { kill "$server_process" 2>/dev/null; wait "$server_process" 2>/dev/null; }
    rm -rf "$out" "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/smpi*/"$version"
}
trap finish EXIT
fail() { tail -n 25 "$out/log"; echo "failed $1"; exit 1; }

# A copy, so that the packing does not disturb the build that is there.
git ls-files -z | xargs -0 cp --parents -t "$out" 2>/dev/null
cp -r tests/consumer "$out/consumer"
cd "$out" || exit 1
for project in src/*/*.csproj; do
    dotnet pack "$project" -c Release -p:Version="$version" -o "$out/feed" -v quiet >>"$out/log" 2>&1 || fail "packing $project"
done

cat >consumer/Directory.Build.props <<PROPS
<Project>
  <PropertyGroup>
    <SmpiVersion>$version</SmpiVersion>
    <RestoreAdditionalProjectSources>$out/feed</RestoreAdditionalProjectSources>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
PROPS
echo '<Project />' >consumer/Directory.Packages.props
dotnet build consumer/Server -c Release >"$out/log" 2>&1 || fail "building the server of the consumer"
dotnet build consumer/Client -c Release >"$out/log" 2>&1 || fail "building the client of the consumer"
echo "passed a consumer of the packages builds without a warning"

# What would fail at the first call under NativeAOT is said by the build.
dotnet build consumer/Client -c Release -p:NoContext=true >"$out/log" 2>&1 && fail "saying that JSON has no context"
grep -q 'error SMPI0050: UseJson() has no JsonSerializerContext.*give it the context of the contracts' "$out/log" || fail "saying that JSON has no context"
dotnet build consumer/Client -c Release -p:NoGenerators=true >"$out/log" 2>&1
grep -q 'SMPI0051: Client is published with NativeAOT and does not reference Smpi.Generators' "$out/log" || fail "saying that the generator is missing"
echo "passed what NativeAOT lacks is said by the build"

# The numbers of fields: written by one build, held by the next, and a changed type fails it.
dotnet build consumer/Messages -c Release -p:SmpiUpdateLock=true >"$out/log" 2>&1 && grep -q '^Consumer.LogLine.Level = 3 int$' consumer/Messages/smpi.lock || fail "writing smpi.lock"
dotnet build consumer/Messages -c Release >"$out/log" 2>&1 || fail "building with smpi.lock"
sed -i.old 's/int? Level/long? Level/' consumer/Messages/Messages.cs
dotnet build consumer/Messages -c Release >"$out/log" 2>&1 && fail "refusing a number that changed its meaning"
grep -q 'error SMPI0040: LogLine.Level is a long' "$out/log" || fail "refusing a number that changed its meaning"
mv consumer/Messages/Messages.cs.old consumer/Messages/Messages.cs
dotnet build consumer/Client -c Release >"$out/log" 2>&1 || fail "building with smpi.lock"
echo "passed smpi.lock is written, held and enforced"

port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
dotnet consumer/Server/bin/Release/net10.0/Server.dll --Urls="http://127.0.0.1:$port" >"$out/server" 2>&1 &
server_process=$!
for _ in $(seq 300); do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1).close()" 2>/dev/null && break
    kill -0 "$server_process" 2>/dev/null || break
done

try() { # name, command
    timeout 60 "${@:2}" "ws://127.0.0.1:$port/smpi" json msgpack protobuf >"$out/log" 2>&1
    [ "$(grep -c 'the text of readme.md$' "$out/log")" = 3 ] && [ "$(grep -c 'app.log:2 1970 - 0.5$' "$out/log")" = 3 ] || { cat "$out/server" >>"$out/log"; fail "$1"; }
    echo "passed $1"
}
try "the consumer on json, msgpack and protobuf" dotnet consumer/Client/bin/Release/net10.0/Client.dll

linker=clang; command -v clang >/dev/null || linker=gcc
dotnet publish consumer/Client -c Release -r linux-x64 -p:CppCompilerAndLinker=$linker -o "$out/app" >"$out/log" 2>&1 || fail "publishing the consumer"
echo "passed the consumer publishes with NativeAOT without a warning ($(du -h "$out/app/Client" | cut -f1))"
try "the consumer with NativeAOT on json, msgpack and protobuf" "$out/app/Client"
