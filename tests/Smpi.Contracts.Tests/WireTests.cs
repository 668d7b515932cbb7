using Smpi.Contracts.Library;

namespace Smpi.Contracts.Tests;

public sealed class WireTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly ReadRequest Kitchen = new("kitchen");

    public static TheoryData<string, string> Wires => Pair.Wires;

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_method_is_answered(string protocol, string encoding)
    {
        (Pair pair, Thermostat thermostat, IThermostat proxy) = await OpenAsync(protocol, encoding);
        await using Pair closing = pair;
        Assert.Equal(new Reading("kitchen", 21.5), await proxy.ReadAsync(Kitchen).AsTask().WaitAsync(Soon));
        Assert.Equal(new Reading("hall", 21.5), await proxy.ReadAsync("hall").AsTask().WaitAsync(Soon));
        Assert.Equal(new Reading("kitchen", 1), await proxy.FindAsync(Kitchen).WaitAsync(Soon));
        Assert.Null(await proxy.FindAsync(new ReadRequest("nowhere")).WaitAsync(Soon));
        await proxy.ResetAsync(Kitchen).AsTask().WaitAsync(Soon);
        await proxy.ForgetAsync(Kitchen).WaitAsync(Soon);
        Assert.Equal(["reset kitchen", "forget kitchen"], thermostat.Told);
        Assert.Equal(protocol, pair.Channel.Status.Connection!.Protocol);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Streams_flow_in_every_direction(string protocol, string encoding)
    {
        (Pair pair, Thermostat thermostat, IThermostat proxy) = await OpenAsync(protocol, encoding);
        await using Pair closing = pair;
        Assert.Equal([0, 1, 2], await ListAsync(proxy.WatchAsync(new WatchRequest("kitchen", 3))));
        Assert.Equal(new Reading("kitchen", 2), await proxy.AverageAsync(Kitchen, Readings(1, 2, 3)).AsTask().WaitAsync(Soon));
        await proxy.LoadAsync(Kitchen, Readings(4, 5)).WaitAsync(Soon);
        Assert.Equal(["load 4", "load 5"], thermostat.Told);
        Assert.Equal([32, 212], await ListAsync(proxy.ConvertAsync(Kitchen, Readings(0, 100))));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Errors_of_the_implementation_come_typed(string protocol, string encoding)
    {
        (Pair pair, _, IThermostat proxy) = await OpenAsync(protocol, encoding);
        await using Pair closing = pair;
        RemoteException missing = await Assert.ThrowsAsync<RemoteException>(() => proxy.ReadAsync(new ReadRequest("nowhere")).AsTask().WaitAsync(Soon));
        Assert.Equal("There is no such room.", missing.Message);
        Assert.True(missing.TryGet(out NoRoom? detail));
        Assert.Equal("nowhere", detail.Room);
        RemoteException broken = await Assert.ThrowsAsync<RemoteException>(() => proxy.ReadAsync(new ReadRequest("broken")).AsTask().WaitAsync(Soon));
        Assert.DoesNotContain("secret", broken.Message, StringComparison.Ordinal);
        RemoteException empty = await Assert.ThrowsAsync<RemoteException>(() => proxy.ResetAsync(new ReadRequest("nowhere")).AsTask().WaitAsync(Soon));
        Assert.Equal(ErrorCode.NotFound, empty.Fault.Code);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Cancelling_reaches_the_implementation(string protocol, string encoding)
    {
        (Pair pair, Thermostat thermostat, IThermostat proxy) = await OpenAsync(protocol, encoding);
        await using Pair closing = pair;
        using var cancel = new CancellationTokenSource();
        Task<Reading> call = proxy.ReadAsync(new ReadRequest("slow"), cancel.Token).AsTask();
        await thermostat.Started.Task.WaitAsync(Soon);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Soon));
        await thermostat.Cancelled.Task.WaitAsync(Soon);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Leaving_a_stream_cancels_it(string protocol, string encoding)
    {
        (Pair pair, Thermostat thermostat, IThermostat proxy) = await OpenAsync(protocol, encoding);
        await using Pair closing = pair;
        await foreach (Reading reading in proxy.WatchAsync(new WatchRequest("slow", 1)))
        {
            Assert.Equal(0, reading.Degrees);
            await thermostat.Started.Task.WaitAsync(Soon);
            break;
        }

        await thermostat.Cancelled.Task.WaitAsync(Soon);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Either_side_calls(string protocol, string encoding)
    {
        var display = new Display();
        await using Pair pair = await Pair.OpenAsync(
            protocol, encoding, builder => builder.Implement<IThermostat>(call => new Asking(call)), builder => builder.Implement<IDisplay>(display));
        IThermostat proxy = pair.Channel.Proxy<IThermostat>();
        Assert.Equal(new Reading("shown kitchen", 0), await proxy.ReadAsync(Kitchen).AsTask().WaitAsync(Soon));
        IDisplay back = (await pair.Peer).Proxy<IDisplay>();
        Assert.Equal("shown hall", (await back.ShowAsync(new Line("hall"), default).AsTask().WaitAsync(Soon)).Text);
    }

    internal static async Task<List<double>> ListAsync(IAsyncEnumerable<Reading> readings)
    {
        List<double> list = [];
        using var limit = new CancellationTokenSource(Soon);
        await foreach (Reading reading in readings.WithCancellation(limit.Token)) list.Add(reading.Degrees);
        return list;
    }

    private static async IAsyncEnumerable<Reading> Readings(params double[] degrees)
    {
        foreach (double value in degrees)
        {
            await Task.Yield();
            yield return new Reading("", value);
        }
    }

    private static async Task<(Pair, Thermostat, IThermostat)> OpenAsync(string protocol, string encoding)
    {
        var thermostat = new Thermostat();
        Pair pair = await Pair.OpenAsync(protocol, encoding, builder => builder.Implement<IThermostat>(thermostat));
        return (pair, thermostat, pair.Channel.Proxy<IThermostat>());
    }
}
