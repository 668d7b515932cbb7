namespace Smpi.Conformance;

/// <summary>A piece of work that runs an action.</summary>
internal sealed class LoopWork(Action run) : IThreadPoolWorkItem
{
    public void Execute() => run();
}
