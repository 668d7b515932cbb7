namespace Smpi.Conformance.Tests;

public sealed class InlineLoopConformanceTests : EventLoopConformance
{
    protected override LoopDriver CreateLoop() => Loops.All["inline"]();
}
