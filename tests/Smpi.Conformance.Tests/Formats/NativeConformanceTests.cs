namespace Smpi.Conformance.Tests;

public sealed class NativeConformanceTests : WireFormatConformance
{
    protected override IWireFormat CreateFormat() => new NativeFormat();
}
