namespace Smpi.Contracts.Library;

[SmpiContract]
public interface IThermostat
{
    ValueTask<Reading> ReadAsync(ReadRequest request, CancellationToken ct = default);

    Task<Reading?> FindAsync(ReadRequest request, CancellationToken ct = default);

    ValueTask ResetAsync(ReadRequest request, CancellationToken ct = default);

    Task ForgetAsync(ReadRequest request);

    IAsyncEnumerable<Reading> WatchAsync(WatchRequest request, CancellationToken ct = default);

    ValueTask<Reading> AverageAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct = default);

    Task LoadAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct = default);

    IAsyncEnumerable<Reading> ConvertAsync(ReadRequest request, IAsyncEnumerable<Reading> readings, CancellationToken ct = default);

    [OneWay]
    ValueTask LogAsync(Line line, CancellationToken ct = default);

    [Idempotent, SmpiMessage("thermostat.count-again")]
    ValueTask<Counted> CountAsync(ReadRequest request, CancellationToken ct = default);

    ValueTask<Reading> ReadAsync(string room) => ReadAsync(new ReadRequest(room));
}
