namespace Smpi.Conformance.Tests;

public sealed class PumpedLoopConformanceTests : EventLoopConformance
{
    protected override LoopDriver CreateLoop() => Loops.All["pumped"]();
}
