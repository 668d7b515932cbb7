namespace Smpi.Conformance.Tests;

public sealed class ThreadLoopConformanceTests : EventLoopConformance
{
    protected override LoopDriver CreateLoop() => Loops.All["thread"]();
}
