namespace Smpi.Conformance.Tests;

public sealed class StreamChannelTests() : CellChannelTests("stream", "msgpack", "pool");
