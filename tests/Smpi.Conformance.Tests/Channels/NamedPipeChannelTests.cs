namespace Smpi.Conformance.Tests;

public sealed class NamedPipeChannelTests() : CellChannelTests("pipe", "json", "pool");
