namespace Smpi.Conformance.Tests;

public sealed class AspNetCoreChannelTests() : CellChannelTests("aspnetcore", "json", "pool");
