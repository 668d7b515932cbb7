namespace Smpi.Conformance.Tests;

public sealed class SchedulerLoopConformanceTests : EventLoopConformance
{
    protected override LoopDriver CreateLoop() => Loops.All["scheduler"]();
}
