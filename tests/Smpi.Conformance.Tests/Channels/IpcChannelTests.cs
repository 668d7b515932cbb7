namespace Smpi.Conformance.Tests;

public sealed class IpcChannelTests() : CellChannelTests("ipc", "msgpack", "pool");
