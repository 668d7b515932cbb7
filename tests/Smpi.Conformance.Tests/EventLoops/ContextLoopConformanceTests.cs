namespace Smpi.Conformance.Tests;

public sealed class ContextLoopConformanceTests : EventLoopConformance
{
    protected override LoopDriver CreateLoop() => Loops.All["context"]();
}
