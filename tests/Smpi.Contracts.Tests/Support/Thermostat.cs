using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

internal sealed class Thermostat : IThermostat
{
    private int _counted;

    public ConcurrentQueue<string> Told { get; } = [];

    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<Reading> ReadAsync(ReadRequest request, CancellationToken ct)
    {
        if (request.Room == "nowhere") throw new FaultException(new NoRoom(request.Room), "There is no such room.");
        if (request.Room == "broken") throw new InvalidOperationException("a secret");
        if (request.Room == "slow") await HangAsync(ct);
        return new Reading(request.Room, 21.5);
    }

    public Task<Reading?> FindAsync(ReadRequest request, CancellationToken ct) => Task.FromResult(request.Room == "nowhere" ? null : new Reading(request.Room, 1));

    public ValueTask ResetAsync(ReadRequest request, CancellationToken ct)
    {
        Told.Enqueue("reset " + request.Room);
        return request.Room == "nowhere" ? throw new FaultException(ErrorCode.NotFound, "Nothing to reset.") : default;
    }

    public Task ForgetAsync(ReadRequest request)
    {
        Told.Enqueue("forget " + request.Room);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Reading> WatchAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        for (int at = 0; at < request.Count; at++)
        {
            await Task.Yield();
            yield return new Reading(request.Room, at);
        }

        if (request.Room == "slow") await HangAsync(ct);
    }

    public async ValueTask<Reading> AverageAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct)
    {
        (double sum, int count) = (0, 0);
        await foreach (Reading reading in readings.WithCancellation(ct)) (sum, count) = (sum + reading.Degrees, count + 1);
        return new Reading(request.Room, sum / count);
    }

    public async Task LoadAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct)
    {
        await foreach (Reading reading in readings.WithCancellation(ct)) Told.Enqueue($"load {reading.Degrees}");
    }

    public async IAsyncEnumerable<Reading> ConvertAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (Reading reading in readings.WithCancellation(ct)) yield return reading with { Degrees = (reading.Degrees * 1.8) + 32 };
    }

    public ValueTask LogAsync(Line line, CancellationToken ct)
    {
        Told.Enqueue("log " + line.Text);
        return default;
    }

    public ValueTask<Counted> CountAsync(ReadRequest request, CancellationToken ct) => new(new Counted(Interlocked.Increment(ref _counted)));

    private async Task HangAsync(CancellationToken ct)
    {
        Started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }
    }
}
