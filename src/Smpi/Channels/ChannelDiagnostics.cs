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

    public void HandlerFailed(string subject, Exception error)
    {
        try
        {
            options.Errors?.Invoke(subject, error);
        }
        catch (Exception)
        {
            // Whoever reports errors cannot be told of its own.
        }
    }
}
