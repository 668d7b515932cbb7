namespace Smpi.Conformance.Tests;

public sealed class TlsChannelTests() : CellChannelTests("tls", "negotiated", "pool");
