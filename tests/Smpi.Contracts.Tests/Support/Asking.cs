using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

/// <summary>Asks its caller before it answers; made for each call.</summary>
internal sealed class Asking(CallContext call) : IThermostat
{
    public async ValueTask<Reading> ReadAsync(ReadRequest request, CancellationToken ct)
    {
        Line shown = await call.Caller.Proxy<IDisplay>().ShowAsync(new Line(request.Room), ct);
        return new Reading(shown.Text, 0);
    }

    public ValueTask<Counted> CountAsync(ReadRequest request, CancellationToken ct) => new(new Counted((int)call.TimeLeft.TotalSeconds));

    public Task<Reading?> FindAsync(ReadRequest request, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask ResetAsync(ReadRequest request, CancellationToken ct) => throw new NotSupportedException();

    public Task ForgetAsync(ReadRequest request) => throw new NotSupportedException();

    public IAsyncEnumerable<Reading> WatchAsync(WatchRequest request, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<Reading> AverageAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct) => throw new NotSupportedException();

    public Task LoadAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct) => throw new NotSupportedException();

    public IAsyncEnumerable<Reading> ConvertAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask LogAsync(Line line, CancellationToken ct) => throw new NotSupportedException();
}
