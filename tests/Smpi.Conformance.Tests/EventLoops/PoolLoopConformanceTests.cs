namespace Smpi.Conformance.Tests;

public sealed class PoolLoopConformanceTests : EventLoopConformance
{
    protected override LoopDriver CreateLoop() => Loops.All["pool"]();
}
