namespace Smpi.Conformance.Tests;

public sealed class UnixSocketChannelTests() : CellChannelTests("unix", "negotiated", "pool");
