namespace Smpi;

/// <summary>A sequence whose consumer continues on an event loop, also after the end.</summary>
internal sealed class LoopSequence<T>(IEventLoopBinding loop, ChannelDiagnostics diagnostics, IAsyncEnumerable<T> items)
    : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(new LoopReturn<bool>(loop, diagnostics), items.GetAsyncEnumerator(cancellationToken));

    private sealed class Enumerator(LoopReturn<bool> way, IAsyncEnumerator<T> items) : IAsyncEnumerator<T>
    {
        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync() => way.Of(items.MoveNextAsync());

        public ValueTask DisposeAsync() => way.Of(items.DisposeAsync());
    }
}
