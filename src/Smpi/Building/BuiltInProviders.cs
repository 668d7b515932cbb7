namespace Smpi;

/// <summary>What the core itself registers.</summary>
internal static class BuiltInProviders
{
    public static void Register(SmpiProviders providers)
    {
        providers.Register(new EventLoopEntry("pool", "Smpi", static () => EventLoop.ThreadPool));
        providers.Register(new EventLoopEntry("inline", "Smpi", static () => EventLoop.Inline));
        providers.Register(new EventLoopEntry("current", "Smpi", static () => EventLoop.Current));
        providers.Register(new EventLoopEntry("thread", "Smpi", static () => new DedicatedThreadLoop("smpi")));
        providers.Register(new ProtocolEntry("memory", "Smpi", static address =>
            address.Rest.Length > 0
                ? new MemoryProtocol(address.Rest)
                : throw new SmpiConfigurationException("A memory address needs a name, such as 'memory:jobs'.")));
    }
}
