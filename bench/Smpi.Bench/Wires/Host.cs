using System.Runtime.CompilerServices;

namespace Smpi.Bench;

/// <summary>Opens servers and channels for wires, the way a user would.</summary>
internal static class Host
{
    /// <summary>Messages may have up to this many octets, so that 64 MiB payloads fit.</summary>
    private const int MessageSize = 80 << 20;

    public static ValueTask<ISmpiServer> ListenAsync(Wire wire, IEncoding? encoding = null)
    {
        string tag = string.Concat(wire.ToString().Where(char.IsAsciiLetterOrDigit));
        return SmpiServer.ListenAsync(Dimensions.Protocol(wire.Protocol).Listen(tag), builder =>
        {
            Configure(builder, wire, encoding);
            Serve(builder);
        });
    }

    public static ValueTask<ISmpiChannel> ConnectAsync(Wire wire, string address, IEncoding? encoding = null)
    {
        string target = Dimensions.Protocol(wire.Protocol).Dial?.Invoke(address) ?? address;
        return SmpiChannel.ConnectAsync(target, builder => Configure(builder, wire, encoding));
    }

    /// <summary>The small call, by the generated method for its exact type.</summary>
    public static ValueTask<Row> CallAsync(ISmpiChannel channel, CancellationToken cancellationToken = default) =>
        channel.RequestAsync(Row.Sample, cancellationToken);

    private static void Configure(SmpiBuilder builder, Wire wire, IEncoding? encoding)
    {
        builder.UseEncoding(encoding ?? Dimensions.Encodings[wire.Encoding]()).RunOn(Dimensions.Loops[wire.Loop]());
        if (Dimensions.Formats[wire.Format]() is { } format) builder.UseFormat(format);
        builder.WithLimits(limits => limits with { MessageSize = MessageSize, InFlightSize = MessageSize * 2, Connections = 19_000, PendingHandshakes = 1000 });
        Dimensions.Terms[wire.Terms](builder);
    }

    private static void Serve(SmpiBuilder builder)
    {
        builder
            .Handle((Row row, CancellationToken _) => new ValueTask<Row>(row))
            .Handle((Nested nested, CancellationToken _) => new ValueTask<Nested>(nested))
            .Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body))
            .HandleStream((Rows rows, CancellationToken ct) => RowsAsync(rows.Count, ct))
            .HandleDuplex((Both _, IAsyncEnumerable<Row> rows, CancellationToken _) => rows);
    }

    private static async IAsyncEnumerable<Row> RowsAsync(int count, [EnumeratorCancellation] CancellationToken ct)
    {
        for (int number = 0; number < count && !ct.IsCancellationRequested; number++) yield return Row.Sample;
        await Task.CompletedTask;
    }
}
