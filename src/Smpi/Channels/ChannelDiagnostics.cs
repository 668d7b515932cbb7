namespace Smpi;

/// <summary>Counts what a channel noticed, and tells who asked.</summary>
internal sealed class ChannelDiagnostics(ChannelOptions options)
{
    private long _late;
    private long _stray;
    private long _unhandledEvents;

    public long Late => Interlocked.Read(ref _late);

    public long Stray => Interlocked.Read(ref _stray);

    public long UnhandledEvents => Interlocked.Read(ref _unhandledEvents);

    public void CountReply(bool issued) => Interlocked.Increment(ref issued ? ref _late : ref _stray);

    public void CountUnhandledEvent() => Interlocked.Increment(ref _unhandledEvents);

    /// <summary>Tells what user code threw. Never throws: whoever reports errors cannot be told of its own.</summary>
    /// <param name="name">The subject, or the name of the callback.</param>
    /// <param name="error">What it threw.</param>
    public void Report(string name, Exception error)
    {
        foreach (Action<string, Exception> report in Delegate.EnumerateInvocationList(options.Errors))
        {
            try
            {
                report(name, error);
            }
            catch (Exception)
            {
                // The others are told nevertheless.
            }
        }
    }
}
