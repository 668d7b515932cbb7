using System.Collections.Concurrent;

namespace Smpi.Tests;

/// <summary>A thread that runs what is posted to its context, as that of a window does.</summary>
internal sealed class UiThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];
    private readonly Thread _thread;

    public UiThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "window" };
        _thread.Start();
    }

    /// <summary>Whether the caller runs on the thread, with its context.</summary>
    public bool IsHere => Thread.CurrentThread == _thread && Current == this;

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The window is gone: posts throw.</summary>
    public void Dispose() => _posted.CompleteAdding();

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach ((SendOrPostCallback callback, object? state) in _posted.GetConsumingEnumerable()) callback(state);
    }
}
