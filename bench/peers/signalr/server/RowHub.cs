using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Smpi.Bench.Peers;

/// <summary>The small record, sent back or streamed until it is stopped.</summary>
internal sealed class RowHub : Hub
{
    private static readonly Row _sample = new(42, "sixteen letters!", 3.25);

    public Row Row(Row row) => row;

    public async IAsyncEnumerable<Row> Rows([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Context.Items[nameof(Stop)] = stop;
        while (!stop.IsCancellationRequested) yield return _sample;
        await Task.CompletedTask;
    }

    public void Stop() => ((CancellationTokenSource)Context.Items[nameof(Stop)]!).Cancel();
}
