namespace Smpi;

/// <summary>What the core itself registers.</summary>
internal static class BuiltInProviders
{
    public static void Register(SmpiProviders providers)
    {
        providers.Register(new FormatEntry("native", "Smpi", static () => new NativeFormat()));
        providers.Register(new EventLoopEntry("pool", "Smpi", static () => EventLoop.ThreadPool));
        providers.Register(new EventLoopEntry("inline", "Smpi", static () => EventLoop.Inline));
        providers.Register(new EventLoopEntry("current", "Smpi", static () => EventLoop.Current));
        providers.Register(new EventLoopEntry("thread", "Smpi", static () => new DedicatedThreadLoop("smpi")));
        providers.AddMemory();
    }
}
